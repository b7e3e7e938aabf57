#include "services/renewal/rpc/ticketing_port.h"
#include "services/base/mutex.h"
#include "services/renewal/rpc/names.h"
#include "services/rpc/proto_time.h"
#include "madoguchi/rpc/v1/status.pb.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include "absl/strings/str_join.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <utility>

namespace madoguchi::renewal {
namespace {

using ticketing::v1::CompleteTicketRequest;
using ticketing::v1::CompleteTicketResponse;
using ticketing::v1::CounterService;
using ticketing::v1::HoldTicketRequest;
using ticketing::v1::HoldTicketResponse;
using ticketing::v1::ListCountersRequest;
using ticketing::v1::ListCountersResponse;
using ticketing::v1::ListTicketsRequest;
using ticketing::v1::ListTicketsResponse;
using ticketing::v1::ResumeTicketRequest;
using ticketing::v1::ResumeTicketResponse;
using ticketing::v1::Ticket;

constexpr int kTicketsPerPage = 500;

char const* ReasonOf(RenewalCase const& renewal) {
  bool const waits_for_authority =
      renewal.parking && renewal.parking->reason == ParkReason::kUpstream;
  return waits_for_authority ? "upstream" : "renewal";
}

// The state that an error of ticketing says the ticket is in; empty if it says
// none.
std::string StateIn(grpc::Status const& status) {
  rpc::v1::Status details;
  if (!details.ParseFromString(status.error_details())) return {};
  for (auto const& detail : details.details()) {
    rpc::v1::ErrorInfo info;
    if (!info.ParseFromString(detail.value())) continue;
    auto const state = info.metadata().find("state");
    if (state != info.metadata().end()) return state->second;
  }
  return {};
}

// Called again when its hold was over, the ticket is being served already: at
// the counter of the errand there is nothing to resume.
bool IsServedAlready(grpc::Status const& status) {
  return status.error_code() == grpc::StatusCode::FAILED_PRECONDITION &&
         StateIn(status) == "SERVING";
}

// One of the family, or a clerk, let the ticket go before.
bool IsLetGoAlready(grpc::Status const& status) {
  auto const state = StateIn(status);
  return status.error_code() == grpc::StatusCode::FAILED_PRECONDITION &&
         (state == "WAITING" || state == "CALLED" || state == "SERVING");
}

absl::Status Stopping() { return absl::UnavailableError("This process ends."); }

grpc::Status Unavailable() {
  return {grpc::StatusCode::UNAVAILABLE, "Ticketing did not answer."};
}

absl::Status FromGrpc(grpc::Status const& status) {
  return {static_cast<absl::StatusCode>(status.error_code()),
          status.error_message()};
}

}  // namespace

// The connection, and how many calls are under way: a channel must not be left
// to the thread of a callback.
struct TicketingPort::Link {
  std::unique_ptr<CounterService::Stub> stub;
  std::string authorization;

  Mutex mu;
  std::condition_variable_any idle;
  int under_way ABSL_GUARDED_BY(mu) = 0;
  bool closed ABSL_GUARDED_BY(mu) = false;

  // Whether a call may begin; then `Ended` must follow.
  bool Begins() {
    MutexLock const lock(mu);
    if (!closed) ++under_way;
    return !closed;
  }
  void Ended() {
    MutexLock const lock(mu);
    if (--under_way == 0) idle.notify_all();
  }
};

namespace {

// One call under way.
template <typename Request, typename Response>
struct Call {
  grpc::ClientContext context;
  Request request;
  Response response;
};

template <typename Request, typename Response>
std::shared_ptr<Call<Request, Response>> NewCall(
    std::string const& authorization, MachineTime deadline) {
  auto call = std::make_shared<Call<Request, Response>>();
  if (!authorization.empty()) {
    call->context.AddMetadata("authorization", authorization);
  }
  call->context.set_deadline(std::chrono::system_clock::now() +
                             (deadline - std::chrono::steady_clock::now()));
  return call;
}

// One on the ticket of `renewal`.
template <typename Request, typename Response>
std::shared_ptr<Call<Request, Response>> MakeCall(
    RenewalCase const& renewal, Errand const& errand,
    std::string const& request_id, std::string const& authorization,
    MachineTime deadline) {
  auto call = NewCall<Request, Response>(authorization, deadline);
  call->request.set_ticket(FormatTicket(renewal.office, renewal.ticket));
  call->request.set_counter(FormatCounter(renewal.office, errand.counter));
  call->request.set_request_id(request_id);
  return call;
}

bool IsServedAt(ListCountersResponse const& counters,
                std::string const& counter, std::string const& ticket) {
  return std::any_of(counters.counters().begin(), counters.counters().end(),
                     [&](auto const& each) {
                       return each.name() == counter &&
                              each.ticket().name() == ticket &&
                              each.ticket().state() == Ticket::SERVING;
                     });
}

}  // namespace

absl::StatusOr<std::unique_ptr<TicketingPort>> TicketingPort::Connect(
    std::vector<std::string> const& targets, std::string token) {
  for (auto const& target : targets) {
    if (target.find(':') == std::string::npos) {
      return absl::InvalidArgumentError(
          "--ticketing is HOST:PORT, several parted by commas.");
    }
  }
  grpc::ChannelArguments arguments;
  arguments.SetLoadBalancingPolicyName("round_robin");
  auto link = std::make_shared<Link>();
  link->stub = CounterService::NewStub(
      grpc::CreateCustomChannel("ipv4:" + absl::StrJoin(targets, ","),
                                grpc::InsecureChannelCredentials(), arguments));
  if (!token.empty()) link->authorization = "Bearer " + std::move(token);
  return std::unique_ptr<TicketingPort>(new TicketingPort(std::move(link)));
}

TicketingPort::~TicketingPort() { Close(); }

void TicketingPort::Close() {
  MutexLock const lock(link_->mu);
  link_->closed = true;
  while (link_->under_way != 0) link_->idle.wait(link_->mu);
}

void TicketingPort::Do(RenewalCase const& renewal, Errand const& errand,
                       std::string const& request_id, MachineTime deadline,
                       Done<std::monostate> done) {
  auto shared = std::make_shared<Done<std::monostate>>(std::move(done));
  auto* const link = link_.get();
  if (!link->Begins()) return (*shared)(Stopping());
  auto const answer = [link, shared](grpc::Status const& status) {
    if (status.ok()) {
      (*shared)(std::monostate());
    } else {
      (*shared)(FromGrpc(status));
    }
    link->Ended();
  };
  switch (errand.kind) {
    case Errand::Kind::kHold: {
      auto call = MakeCall<HoldTicketRequest, HoldTicketResponse>(
          renewal, errand, request_id, link->authorization, deadline);
      call->request.set_reason(ReasonOf(renewal));
      if (errand.hold_for) {
        *call->request.mutable_duration() =
            rpc::DurationToProto(*errand.hold_for);
      }
      return link->stub->async()->HoldTicket(
          &call->context, &call->request, &call->response,
          [call, answer](grpc::Status const& status) mutable {
            call.reset();
            answer(status);
          });
    }
    case Errand::Kind::kResume: {
      auto call = MakeCall<ResumeTicketRequest, ResumeTicketResponse>(
          renewal, errand, request_id, link->authorization, deadline);
      return link->stub->async()->ResumeTicket(
          &call->context, &call->request, &call->response,
          [this, call, answer, deadline, office = renewal.office,
           ticket = renewal.ticket,
           counter = errand.counter](grpc::Status const& status) mutable {
            call.reset();
            if (!IsServedAlready(status)) return answer(status);
            AskServed(office, ticket, counter, deadline,
                      [answer, status](absl::StatusOr<bool> const& is_here) {
                        if (!is_here.ok()) return answer(Unavailable());
                        answer(*is_here ? grpc::Status::OK : status);
                      });
          });
    }
    case Errand::Kind::kWait: {
      auto call = MakeCall<ResumeTicketRequest, ResumeTicketResponse>(
          renewal, errand, request_id, link->authorization, deadline);
      call->request.set_wait(true);
      return link->stub->async()->ResumeTicket(
          &call->context, &call->request, &call->response,
          [call, answer](grpc::Status const& status) mutable {
            call.reset();
            answer(IsLetGoAlready(status) ? grpc::Status::OK : status);
          });
    }
    case Errand::Kind::kComplete: {
      auto call = MakeCall<CompleteTicketRequest, CompleteTicketResponse>(
          renewal, errand, request_id, link->authorization, deadline);
      call->request.set_outcome(errand.outcome);
      return link->stub->async()->CompleteTicket(
          &call->context, &call->request, &call->response,
          [call, answer](grpc::Status const& status) mutable {
            call.reset();
            answer(status);
          });
    }
  }
}

// One look at an office under way: its counters, then the tickets on hold, page
// by page. Keeps itself alive through the callbacks it hands out.
class TicketingPort::HallLook : public std::enable_shared_from_this<HallLook> {
 public:
  HallLook(Link& link, OfficeId office, MachineTime deadline,
           Done<HallView> done)
      : link_(link),
        office_("offices/" + office.value),
        deadline_(deadline),
        done_(std::move(done)) {}
  // Of a look that `Begins` let begin.
  ~HallLook() { link_.Ended(); }

  void LookAtCounters() {
    auto call = NewCall<ListCountersRequest, ListCountersResponse>(
        link_.authorization, deadline_);
    call->request.set_office(office_);
    link_.stub->async()->ListCounters(
        &call->context, &call->request, &call->response,
        [self = shared_from_this(), call](grpc::Status const& status) {
          if (!status.ok()) return self->done_(FromGrpc(status));
          for (auto const& counter : call->response.counters()) {
            if (counter.open()) {
              self->hall_.open.push_back({LastPartOf(counter.name())});
            }
          }
          self->LookAtTickets({});
        });
  }

 private:
  static std::string LastPartOf(std::string const& name) {
    return name.substr(name.rfind('/') + 1);
  }

  void LookAtTickets(std::string const& page) {
    auto call = NewCall<ListTicketsRequest, ListTicketsResponse>(
        link_.authorization, deadline_);
    call->request.set_office(office_);
    call->request.add_states(Ticket::ON_HOLD);
    call->request.set_page_size(kTicketsPerPage);
    call->request.set_page_token(page);
    link_.stub->async()->ListTickets(
        &call->context, &call->request, &call->response,
        [self = shared_from_this(), call](grpc::Status const& status) {
          if (!status.ok()) return self->done_(FromGrpc(status));
          for (auto const& ticket : call->response.tickets()) {
            self->hall_.held[{LastPartOf(ticket.name())}] =
                Timestamp(std::chrono::milliseconds(ticket.rank()));
          }
          auto const& next = call->response.next_page_token();
          if (!next.empty()) return self->LookAtTickets(next);
          self->done_(std::move(self->hall_));
        });
  }

  Link& link_;
  std::string const office_;
  MachineTime const deadline_;
  Done<HallView> done_;
  HallView hall_;
};

void TicketingPort::LookHall(OfficeId const& office, MachineTime deadline,
                             Done<HallView> done) {
  if (!link_->Begins()) return done(Stopping());
  std::make_shared<HallLook>(*link_, office, deadline, std::move(done))
      ->LookAtCounters();
}

void TicketingPort::AskServed(OfficeId const& office, TicketRef const& ticket,
                              CounterId const& counter, MachineTime deadline,
                              Done<bool> done) {
  auto shared = std::make_shared<Done<bool>>(std::move(done));
  auto* const link = link_.get();
  if (!link->Begins()) return (*shared)(Stopping());
  auto call = NewCall<ListCountersRequest, ListCountersResponse>(
      link->authorization, deadline);
  call->request.set_office("offices/" + office.value);
  link->stub->async()->ListCounters(
      &call->context, &call->request, &call->response,
      [link, shared, call, counter = FormatCounter(office, counter),
       ticket =
           FormatTicket(office, ticket)](grpc::Status const& status) mutable {
        auto const answer = status.ok()
                                ? absl::StatusOr<bool>(IsServedAt(
                                      call->response, counter, ticket))
                                : absl::StatusOr<bool>(FromGrpc(status));
        call.reset();
        (*shared)(answer);
        link->Ended();
      });
}

}  // namespace madoguchi::renewal
