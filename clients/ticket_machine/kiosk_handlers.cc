#include "clients/ticket_machine/kiosk_handlers.h"
#include "clients/ticket_machine/errors.h"
#include "services/base/error.h"
#include "services/base/status_macros.h"
#include "services/rpc/log.h"
#include "services/rpc/status.h"
#include <cstddef>
#include <string_view>
#include <utility>

namespace madoguchi::ticket_machine {

namespace pb = kiosk::v1;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

namespace {

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i != text.size(); ++i) {
    bool const is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    bool const is_hex = (text[i] >= '0' && text[i] <= '9') ||
                        (text[i] >= 'a' && text[i] <= 'f');
    if (is_hyphen ? text[i] != '-' : !is_hex) return false;
  }
  return true;
}

/// What became of a press or of a staff's step, for the log.
std::string OutcomeOf(absl::Status const& status) {
  if (status.ok()) return "ok";
  auto const reason = GetErrorInfo(status).reason;
  return reason.empty() ? absl::StatusCodeToString(status.code()) : reason;
}

ServerUnaryReactor* Finish(ServerUnaryReactor* reactor,
                           absl::Status const& status) {
  reactor->Finish(rpc::ToGrpcStatus(status));
  return reactor;
}

}  // namespace

grpc::ServerWriteReactor<pb::KioskUpdate>* KioskHandlers::WatchKiosk(
    CallbackServerContext* /*context*/,
    pb::WatchKioskRequest const* /*request*/) {
  return parts_.feed.Follow();
}

// Not a word of it in the log: the answers are the visitor's own.
ServerUnaryReactor* KioskHandlers::Triage(CallbackServerContext* context,
                                          pb::TriageRequest const* request,
                                          pb::TriageResponse* response) {
  auto* const reactor = context->DefaultReactor();
  parts_.triage.Ask(
      {{request->answers().begin(), request->answers().end()},
       request->talk_to_staff()},
      [reactor, response](TriageLine::Next next) {
        if (next.has_question()) {
          response->mutable_question()->Swap(next.mutable_question());
        } else if (next.has_advice()) {
          response->mutable_advice()->Swap(next.mutable_advice());
        }
        Finish(reactor, absl::OkStatus());
      });
  return reactor;
}

absl::StatusOr<Order> KioskHandlers::ReadOrder(
    pb::IssueNumberRequest const& request) const {
  if (!IsUuid(request.request_id())) return error::RequestIdInvalid();
  auto const language =
      ParseLanguage(request.language().empty() ? "ja" : request.language());
  if (!language) return error::LanguageUnknown();
  Order order;
  order.office = parts_.office;
  order.service = request.service();
  auto const name = parts_.board.NameOf(request.service());
  order.service_name = name ? InLanguage(*name, *language) : request.service();
  order.language = *language;
  order.request_id = request.request_id();
  return order;
}

ServerUnaryReactor* KioskHandlers::IssueNumber(
    CallbackServerContext* context, pb::IssueNumberRequest const* request,
    pb::IssueNumberResponse* response) {
  auto* const reactor = context->DefaultReactor();
  auto order = ReadOrder(*request);
  if (!order.ok()) return Finish(reactor, order.status());
  parts_.desk.Issue(*std::move(order), [this, reactor, response](
                                           absl::StatusOr<PressView> answer) {
    std::string state;
    if (answer.ok()) {
      *response->mutable_press() = ToProto(*answer, parts_.place);
      state = pb::Press::State_Name(response->press().state());
    }
    rpc::Log(answer.ok() ? spdlog::level::info : spdlog::level::warn, "press",
             {{"outcome", OutcomeOf(answer.status())},
              {"state", state},
              {"number", response->press().number()}});
    Finish(reactor, answer.status());
  });
  return reactor;
}

pb::StaffCorner KioskHandlers::Corner() const {
  return ToStaffCorner(parts_.moment(), parts_.place);
}

absl::Status KioskHandlers::Enter(std::string const& staff_key) {
  auto status = parts_.door.Enter(staff_key);
  if (!status.ok()) {
    rpc::Log(spdlog::level::warn, "staff_refused",
             {{"reason", GetErrorInfo(status).reason}});
  }
  parts_.feed.Wake();
  return status;
}

ServerUnaryReactor* KioskHandlers::EnterStaffCorner(
    CallbackServerContext* context, pb::EnterStaffCornerRequest const* request,
    pb::EnterStaffCornerResponse* response) {
  auto const status = Enter(request->staff_key());
  if (status.ok()) *response->mutable_corner() = Corner();
  return Finish(context->DefaultReactor(), status);
}

ServerUnaryReactor* KioskHandlers::LeaveStaffCorner(
    CallbackServerContext* context, pb::LeaveStaffCornerRequest const* request,
    pb::LeaveStaffCornerResponse* /*response*/) {
  auto const status = Enter(request->staff_key());
  if (status.ok()) {
    // Whoever went through the corner has read it.
    parts_.desk.ClearNotice();
    parts_.door.Leave();
  }
  return Finish(context->DefaultReactor(), status);
}

template <typename Request, typename Response, typename Step>
ServerUnaryReactor* KioskHandlers::TakeStaffStep(char const* name,
                                                 CallbackServerContext* context,
                                                 Request const& request,
                                                 Response* response,
                                                 Step step) {
  auto* const reactor = context->DefaultReactor();
  if (auto const status = Enter(request.staff_key()); !status.ok()) {
    return Finish(reactor, status);
  }
  step([this, name, reactor, response](absl::Status const& status) {
    rpc::Log(spdlog::level::info, "staff_step",
             {{"step", name}, {"outcome", OutcomeOf(status)}});
    if (status.ok()) *response->mutable_corner() = Corner();
    Finish(reactor, status);
  });
  return reactor;
}

ServerUnaryReactor* KioskHandlers::ReprintLast(
    CallbackServerContext* context, pb::ReprintLastRequest const* request,
    pb::ReprintLastResponse* response) {
  return TakeStaffStep("reprint_last", context, *request, response,
                       [this](PressDesk::StaffDone done) {
                         parts_.desk.Reprint(std::move(done));
                       });
}

ServerUnaryReactor* KioskHandlers::ChangePaper(
    CallbackServerContext* context, pb::ChangePaperRequest const* request,
    pb::ChangePaperResponse* response) {
  return TakeStaffStep("change_paper", context, *request, response,
                       [this](PressDesk::StaffDone done) {
                         parts_.desk.ChangePaper(std::move(done));
                       });
}

ServerUnaryReactor* KioskHandlers::SettlePrinting(
    CallbackServerContext* context, pb::SettlePrintingRequest const* request,
    pb::SettlePrintingResponse* response) {
  return TakeStaffStep("settle_printing", context, *request, response,
                       [this, request](PressDesk::StaffDone done) {
                         parts_.desk.SettlePrinting(request->press(),
                                                    request->visitor_has_it(),
                                                    std::move(done));
                       });
}

ServerUnaryReactor* KioskHandlers::SetOutOfOrder(
    CallbackServerContext* context, pb::SetOutOfOrderRequest const* request,
    pb::SetOutOfOrderResponse* response) {
  return TakeStaffStep("set_out_of_order", context, *request, response,
                       [this, request](PressDesk::StaffDone done) {
                         parts_.desk.SetOutOfOrder(request->out_of_order());
                         done(absl::OkStatus());
                       });
}

}  // namespace madoguchi::ticket_machine
