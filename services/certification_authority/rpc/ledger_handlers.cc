#include "services/certification_authority/rpc/ledger_handlers.h"
#include "services/certification_authority/domain/errors.h"
#include "services/certification_authority/rpc/convert.h"
#include "services/rpc/unary_call.h"
#include "absl/strings/numbers.h"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::certification_authority {
namespace {

constexpr int kUsualPage = 100;
constexpr int kLargestPage = 1'000;
constexpr std::size_t kMostCasesNamed = 100;

}  // namespace

LedgerHandlers::LedgerHandlers(prometheus::Registry& metrics,
                               AuthorityDesk& desk)
    : desk_(desk),
      list_issuances_(metrics, "ListIssuances"),
      count_issuances_(metrics, "CountIssuances") {}

grpc::ServerUnaryReactor* LedgerHandlers::ListIssuances(
    grpc::CallbackServerContext* context,
    v1::ListIssuancesRequest const* request,
    v1::ListIssuancesResponse* response) {
  rpc::UnaryCall call(context, response, list_issuances_);
  // A place in the ledger.
  std::int64_t after = 0;
  auto const& token = request->page_token();
  if (!token.empty() && (!absl::SimpleAtoi(token, &after) || after <= 0)) {
    return call.Refuse(error::PageTokenInvalid());
  }
  auto const size = static_cast<std::size_t>(
      request->page_size() <= 0 ? kUsualPage
                                : std::min(request->page_size(), kLargestPage));
  // One more than fits tells whether there is another page.
  desk_.List(after, size + 1,
             [size, call](absl::StatusOr<std::vector<Issuance>> const& found) {
               if (!found.ok()) return call.Finish(found.status());
               auto& answer = call.response();
               auto const shown = std::min(size, found->size());
               for (std::size_t i = 0; i != shown; ++i) {
                 *answer.add_issuances() = ToProto((*found)[i]);
               }
               if (found->size() > size) {
                 answer.set_next_page_token(
                     std::to_string((*found)[size - 1].sequence));
               }
               call.Finish(absl::OkStatus());
             });
  return call.reactor();
}

grpc::ServerUnaryReactor* LedgerHandlers::CountIssuances(
    grpc::CallbackServerContext* context, v1::CountIssuancesRequest const*,
    v1::CountIssuancesResponse* response) {
  rpc::UnaryCall call(context, response, count_issuances_);
  desk_.Count(
      kMostCasesNamed,
      [call](absl::StatusOr<AuthorityDesk::Totals> const& totals) {
        if (!totals.ok()) return call.Finish(totals.status());
        auto& answer = call.response();
        answer.set_issued(totals->counts.issued);
        answer.set_refused(totals->counts.refused);
        answer.set_cases_issued(totals->counts.cases_issued);
        answer.set_cases_issued_again(totals->counts.cases_issued_again);
        for (auto const& key : totals->issued_again) {
          answer.add_case_keys_issued_again(key.value);
        }
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

}  // namespace madoguchi::certification_authority
