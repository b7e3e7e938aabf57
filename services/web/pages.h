#ifndef MADOGUCHI_SERVICES_WEB_PAGES_H
#define MADOGUCHI_SERVICES_WEB_PAGES_H

#include "services/web/answer.h"
#include "services/web/headers.h"
#include "services/web/page_files.h"
#include "services/web/page_name.h"
#include <string>
#include <string_view>
#include <utility>

namespace madoguchi::web {

/// Shows the pages of a directory: compressed where a file `NAME.br` or
/// `NAME.gz` stands beside it and the browser takes that, and not again what
/// the browser still has. Not thread safe.
class Pages {
 public:
  /// Without pages if `directory` is empty.
  Pages(std::string directory, PageNames names)
      : has_any_(!directory.empty()),
        names_(std::move(names)),
        files_(std::move(directory)) {}

  /// The answer to a GET of `target` at `host` with these headers.
  Answer Get(std::string_view target, std::string_view host,
             Headers const& headers);

 private:
  bool const has_any_;
  PageNames const names_;
  PageFiles files_;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_PAGES_H
