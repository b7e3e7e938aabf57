#include "clients/sdk/status_details.h"
#include "clients/ticket_machine/fake_machine_parts.h"
#include "clients/ticket_machine/kiosk_feed.h"
#include "clients/ticket_machine/kiosk_handlers.h"
#include "clients/ticket_machine/office_board.h"
#include "clients/ticket_machine/staff_door.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

// What the page is told, through gRPC within this process.
namespace madoguchi::ticket_machine {
namespace {

namespace pb = kiosk::v1;
using absl::StatusCode;
using pb::KioskUpdate;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsError;
using testing::IsOk;

constexpr char kPress[] = "00000000-0000-4000-8000-000000000001";
constexpr char kKey[] = "4711";

ticketing::v1::OfficeUpdate Snapshot() {
  ticketing::v1::OfficeUpdate update;
  update.mutable_office_time()->set_seconds(1'800'000'000);
  auto& snapshot = *update.mutable_snapshot();
  snapshot.mutable_office_name()->set_ja("本庁");
  auto& service = *snapshot.add_services();
  service.set_service("renew_self");
  service.mutable_display_name()->set_ja("更新");
  service.mutable_display_name()->set_en("Renew");
  service.set_waiting_count(7);
  return update;
}

class KioskServiceTest : public ::testing::Test {
 protected:
  KioskServiceTest() {
    board_.Apply(Snapshot());
    board_.SetLiveness(absl::OkStatus());
    IssueRun::World world;
    world.desk = {[this](ticketing::v1::IssueTicketRequest const& request)
                      -> absl::StatusOr<ticketing::v1::IssueTicketResponse> {
                    return ticketing_.Issue(request);
                  },
                  std::chrono::steady_clock::now, [] {}, [] { return true; },
                  std::chrono::seconds(0)};
    world.clock = [] { return Timestamp(std::chrono::hours(500'000)); };
    world.ahead = [](std::string const&) { return 3; };
    run_ = std::make_unique<IssueRun>(journal_, printer_, std::move(world));
    desk_ = std::make_unique<PressDesk>(*run_, journal_, "The journal.",
                                        [this] { feed_->Wake(); });
    feed_ = std::make_unique<KioskFeed>(
        [this] { return ToUpdate(Moment(), place_); });
    handlers_ = std::make_unique<KioskHandlers>(
        KioskHandlers::Parts{"offices/honcho", place_, *desk_, *feed_, door_,
                             board_, triage_, [this] { return Moment(); }});
    grpc::ServerBuilder builder;
    builder.RegisterService(handlers_.get());
    server_ = builder.BuildAndStart();
    stub_ = pb::KioskService::NewStub(
        server_->InProcessChannel(grpc::ChannelArguments()));
    desk_->Begin();
  }
  ~KioskServiceTest() override {
    feed_->EndAll();
    desk_->Stop();
    server_->Shutdown();
  }

  KioskMoment Moment() {
    KioskMoment moment;
    moment.desk = desk_->View();
    moment.printer = printer_.State();
    moment.office = board_.news();
    return moment;
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (pb::KioskService::Stub::*method)(grpc::ClientContext*,
                                                     Request const&, Response*),
      Request const& request) {
    grpc::ClientContext context;
    Response response;
    auto const status = (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return sdk::FromGrpcStatus(status);
    return response;
  }

  auto Press(std::string const& request_id,
             std::string const& language = "en") {
    // Until the journal was looked at, an earlier press may be open.
    WaitUntil([](KioskUpdate const& update) {
      return update.hindrance() != KioskUpdate::EARLIER_PRESS;
    });
    pb::IssueNumberRequest request;
    request.set_request_id(request_id);
    request.set_service("renew_self");
    request.set_language(language);
    return Call(&pb::KioskService::Stub::IssueNumber, request);
  }

  auto Enter(std::string const& key) {
    pb::EnterStaffCornerRequest request;
    request.set_staff_key(key);
    return Call(&pb::KioskService::Stub::EnterStaffCorner, request);
  }

  // Follows a stream of its own until an update is as wanted, and returns it.
  template <typename Wanted>
  KioskUpdate WaitUntil(Wanted wanted) {
    grpc::ClientContext context;
    auto const reader = stub_->WatchKiosk(&context, {});
    KioskUpdate update;
    do {
      EXPECT_TRUE(reader->Read(&update));
    } while (!wanted(update) && !HasFailure());
    context.TryCancel();
    return update;
  }

  KioskPlace const place_ = {SlipMedium::kPaper, "Asia/Tokyo",
                             "https://queue.example.jp"};
  FakeTicketing ticketing_;
  FakePrinter printer_;
  FakeJournal journal_;
  OfficeBoard board_;
  // To no server: nobody is asked anything.
  TriageLine triage_{{}, "offices/honcho"};
  StaffDoor door_{kKey, std::chrono::steady_clock::now};
  std::unique_ptr<IssueRun> run_;
  std::unique_ptr<PressDesk> desk_;
  std::unique_ptr<KioskFeed> feed_;
  std::unique_ptr<KioskHandlers> handlers_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<pb::KioskService::Stub> stub_;
};

TEST_F(KioskServiceTest, ThePageIsToldAllThatItShows) {
  auto const update = WaitUntil([](KioskUpdate const& u) {
    return u.hindrance() == KioskUpdate::HINDRANCE_UNSPECIFIED;
  });
  EXPECT_EQ(update.office_name().ja(), "本庁");
  EXPECT_EQ(update.office_time().seconds(), 1'800'000'000);
  EXPECT_EQ(update.time_zone(), "Asia/Tokyo");
  ASSERT_EQ(update.services_size(), 1);
  EXPECT_EQ(update.services(0).waiting_count(), 7);
  EXPECT_EQ(update.medium(), KioskUpdate::PAPER);
  EXPECT_EQ(update.printer(), ticketing::v1::DeviceState::OK);
  EXPECT_FALSE(update.has_press());
}

// A page that hears nothing must be able to say so.
TEST_F(KioskServiceTest, WithNothingNewItIsToldAgainWithin2Seconds) {
  grpc::ClientContext context;
  auto const reader = stub_->WatchKiosk(&context, {});
  KioskUpdate update;
  ASSERT_TRUE(reader->Read(&update));
  for (int beat = 0; beat != 2; ++beat) {
    auto const before = std::chrono::steady_clock::now();
    ASSERT_TRUE(reader->Read(&update));
    EXPECT_LT(std::chrono::steady_clock::now() - before,
              std::chrono::seconds(2));
  }
  context.TryCancel();
}

TEST_F(KioskServiceTest, APrinterThatRunsOutIsToldWithoutBeingAsked) {
  printer_.state = PrinterState::kOutOfPaper;
  auto const update = WaitUntil([](KioskUpdate const& u) {
    return u.hindrance() == KioskUpdate::PRINTER;
  });
  EXPECT_EQ(update.printer(), ticketing::v1::DeviceState::END);
}

TEST_F(KioskServiceTest, APressIsAnsweredWithNumberQueueAndLink) {
  auto const answer = Press(kPress);
  ASSERT_THAT(answer, IsOk());
  auto const& press = answer->press();
  EXPECT_EQ(press.request_id(), kPress);
  EXPECT_EQ(press.state(), pb::Press::DONE);
  EXPECT_EQ(press.number(), "A101");
  EXPECT_EQ(press.ahead_count(), 3);
  EXPECT_EQ(press.link(), "https://queue.example.jp/tickets/A101#token");
  ASSERT_THAT(printer_.Numbers(), ElementsAre("A101"));
  EXPECT_EQ(printer_.slips()[0].service_name, "Renew");
  EXPECT_EQ(printer_.slips()[0].language, Language::kEnglish);
  auto const update =
      WaitUntil([](KioskUpdate const& u) { return u.has_press(); });
  EXPECT_EQ(update.press().number(), "A101");
}

TEST_F(KioskServiceTest, WithoutRenewalNobodyIsAskedAnything) {
  auto const next = Call(&pb::KioskService::Stub::Triage, pb::TriageRequest());
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->next_case(), pb::TriageResponse::NEXT_NOT_SET);
}

TEST_F(KioskServiceTest, ABadRequestBeginsNothing) {
  EXPECT_THAT(Press("not a UUID"),
              IsError(StatusCode::kInvalidArgument, "REQUEST_ID_INVALID"));
  EXPECT_THAT(Press(kPress, "fr"),
              IsError(StatusCode::kInvalidArgument, "LANGUAGE_UNKNOWN"));
  EXPECT_THAT(journal_.steps, IsEmpty());
}

TEST_F(KioskServiceTest, StaffGetInByTheirKeyAlone) {
  EXPECT_THAT(Enter(""),
              IsError(StatusCode::kPermissionDenied, "STAFF_KEY_WRONG"));
  pb::SetOutOfOrderRequest request;
  request.set_staff_key("4712");
  request.set_out_of_order(true);
  EXPECT_THAT(Call(&pb::KioskService::Stub::SetOutOfOrder, request),
              IsError(StatusCode::kPermissionDenied, "STAFF_KEY_WRONG"));
  EXPECT_FALSE(desk_->View().out_of_order);
  EXPECT_FALSE(door_.staff_are_there());

  auto const corner = Enter(kKey);
  ASSERT_THAT(corner, IsOk());
  EXPECT_EQ(corner->corner().notice(), "The journal.");
  EXPECT_EQ(corner->corner().printer(), ticketing::v1::DeviceState::OK);
  EXPECT_TRUE(door_.staff_are_there());
}

TEST_F(KioskServiceTest, StaffSetTheMachineOutOfOrderAndLeave) {
  pb::SetOutOfOrderRequest request;
  request.set_staff_key(kKey);
  request.set_out_of_order(true);
  auto const corner = Call(&pb::KioskService::Stub::SetOutOfOrder, request);
  ASSERT_THAT(corner, IsOk());
  EXPECT_TRUE(corner->corner().out_of_order());
  WaitUntil([](KioskUpdate const& u) {
    return u.hindrance() == KioskUpdate::OUT_OF_ORDER;
  });
  pb::LeaveStaffCornerRequest leave;
  leave.set_staff_key(kKey);
  ASSERT_THAT(Call(&pb::KioskService::Stub::LeaveStaffCorner, leave), IsOk());
  EXPECT_FALSE(door_.staff_are_there());
  EXPECT_THAT(desk_->View().notice, IsEmpty());
}

TEST_F(KioskServiceTest, StaffSettleWhatThePrinterDidNotSay) {
  printer_.next_outcome = PrintOutcome::kUnknown;
  EXPECT_EQ(Press(kPress)->press().state(), pb::Press::PRINT_UNKNOWN);
  auto const update = WaitUntil([](KioskUpdate const& u) {
    return u.hindrance() == KioskUpdate::STAFF_NEEDED;
  });
  EXPECT_EQ(update.press().number(), "A101");
  EXPECT_EQ(Enter(kKey)->corner().open().state(), pb::Press::PRINT_UNKNOWN);

  pb::SettlePrintingRequest request;
  request.set_staff_key(kKey);
  request.set_press(kPress);
  request.set_visitor_has_it(false);
  auto const settled = Call(&pb::KioskService::Stub::SettlePrinting, request);
  ASSERT_THAT(settled, IsOk());
  EXPECT_FALSE(settled->corner().has_open());
  EXPECT_EQ(settled->corner().last_number(), "A101");
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101 reprint"));

  pb::ReprintLastRequest reprint;
  reprint.set_staff_key(kKey);
  EXPECT_THAT(Call(&pb::KioskService::Stub::ReprintLast, reprint), IsOk());
  pb::ChangePaperRequest paper;
  paper.set_staff_key(kKey);
  EXPECT_THAT(Call(&pb::KioskService::Stub::ChangePaper, paper), IsOk());
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101 reprint", "A101 reprint"));
}

TEST_F(KioskServiceTest, ToldToStopItTellsThePagesToComeAgain) {
  grpc::ClientContext context;
  auto const reader = stub_->WatchKiosk(&context, {});
  KioskUpdate update;
  ASSERT_TRUE(reader->Read(&update));
  EXPECT_TRUE(feed_->has_pages());
  feed_->EndAll();
  while (reader->Read(&update)) {
  }
  EXPECT_THAT(sdk::FromGrpcStatus(reader->Finish()),
              IsError(StatusCode::kUnavailable, "MACHINE_STOPPING"));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
