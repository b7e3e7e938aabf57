#ifndef MADOGUCHI_SERVICES_BASE_STATUS_MACROS_H
#define MADOGUCHI_SERVICES_BASE_STATUS_MACROS_H

#include "absl/status/statusor.h"
#include <utility>

#define MADOGUCHI_CONCAT_INNER(a, b) a##b
#define MADOGUCHI_CONCAT(a, b) MADOGUCHI_CONCAT_INNER(a, b)

/// Returns from the enclosing function if `expr` is not OK.
#define MADOGUCHI_RETURN_IF_ERROR(expr)                  \
  do {                                                   \
    absl::Status madoguchi_status = (expr);              \
    if (!madoguchi_status.ok()) return madoguchi_status; \
  } while (false)

/// Declares `lhs` as the value of `expr`, or returns the error it holds.
#define MADOGUCHI_ASSIGN_OR_RETURN(lhs, expr)                                \
  MADOGUCHI_ASSIGN_OR_RETURN_IMPL(MADOGUCHI_CONCAT(madoguchi_or_, __LINE__), \
                                  lhs, expr)
#define MADOGUCHI_ASSIGN_OR_RETURN_IMPL(tmp, lhs, expr) \
  auto tmp = (expr);                                    \
  if (!tmp.ok()) return std::move(tmp).status();        \
  lhs = *std::move(tmp)

#endif  // MADOGUCHI_SERVICES_BASE_STATUS_MACROS_H
