#ifndef MADOGUCHI_TESTS_SUPPORT_METRICS_PAGE_H
#define MADOGUCHI_TESTS_SUPPORT_METRICS_PAGE_H

#include <optional>
#include <string>

namespace madoguchi::testing {

/// The value of `sample` on the metrics page of `address`, `127.0.0.1:PORT`;
/// nothing if it is not there. `sample` is a line up to its value, such as
/// `madoguchi_ready` or `madoguchi_store_room{kind="disk"}`.
std::optional<double> ReadMetric(std::string const& address,
                                 std::string const& sample);

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_METRICS_PAGE_H
