#include "tests/integration/renewal_replica.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/renewal_requests.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

// Renewal as two processes beside ticketing, through its public API.
namespace madoguchi::testing {
namespace {

namespace v1 = renewal::v1;
using Renewals = v1::RenewalService;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ticketing::v1::CounterService;
using ticketing::v1::Ticket;
using ticketing::v1::TicketService;

// A file with the settings of the example city, which keeps cards.
std::string SettingsWithCustody() {
  std::stringstream text;
  text << std::ifstream("deploy/config/example-city.textproto").rdbuf();
  auto settings = text.str();
  constexpr char kProof[] = "reset_proof: SECOND_ID";
  settings.replace(settings.find(kProof), sizeof(kProof) - 1,
                   std::string(kProof) + " custody: true");
  auto const file = ::testing::TempDir() + "city-with-custody.textproto";
  std::ofstream(file) << settings;
  return file;
}

class RenewalServiceTest : public ::testing::Test {
 protected:
  // A visitor who is being served at counter 2.
  void SetUp() override {
    auto& tickets = house_.at(0).tickets;
    auto const issued =
        Call(tickets, &TicketService::Stub::IssueTicket, IssueOf("renew_self"));
    ASSERT_THAT(issued, IsOk());
    number_ = issued->ticket().number();
    ASSERT_THAT(
        Call(counters(), &CounterService::Stub::OpenCounter, OpenOf("2")),
        IsOk());
    auto const called = Call(counters(), &CounterService::Stub::CallNextTicket,
                             CallNextOf("2", 0));
    ASSERT_THAT(called, IsOk());
    ASSERT_EQ(called->ticket().number(), number_);
    ticket_ = called->ticket().name();
    ticketing::v1::StartServingRequest serve;
    serve.set_ticket(ticket_);
    serve.set_counter(kCounter);
    serve.set_request_id(sdk::NewRequestId());
    ASSERT_THAT(Call(counters(), &CounterService::Stub::StartServing, serve),
                IsOk());
  }

  std::unique_ptr<CounterService::Stub>& counters() {
    return house_.at(0).counters;
  }

  Ticket::State TicketState() {
    ticketing::v1::FindTicketRequest find;
    find.set_office("offices/honcho");
    find.set_number(number_);
    auto const found =
        Call(counters(), &CounterService::Stub::FindTicket, find);
    EXPECT_THAT(found, IsOk());
    return found.ok() ? found->ticket().state() : Ticket::STATE_UNSPECIFIED;
  }

  // Waits for the state that another process is about to bring about.
  bool AwaitTicketState(Ticket::State state) {
    auto const until = std::chrono::steady_clock::now() + seconds(20);
    while (TicketState() != state) {
      if (std::chrono::steady_clock::now() > until) return false;
    }
    return true;
  }

  absl::StatusOr<v1::StartRenewalResponse> Start(
      v1::Answers::Pin pin = v1::Answers::KNOWN, int person = 1) {
    return Call(one_.stub, &Renewals::Stub::StartRenewal,
                StartOf(ticket_, kCounter, AnswersOfHolder(pin), person));
  }

  absl::StatusOr<v1::Renewal> Record(
      v1::Renewal const& renewal, v1::Step step,
      v1::RecordStepRequest::Event event = v1::RecordStepRequest::DONE) {
    auto record = PressOn<v1::RecordStepRequest>(renewal, kCounter);
    record.set_step(step);
    record.set_event(event);
    record.set_attempt(renewal.issuance().attempt());
    auto const answer = Call(other_.stub, &Renewals::Stub::RecordStep, record);
    if (!answer.ok()) return answer.status();
    return answer->renewal();
  }
  absl::StatusOr<v1::Renewal> RecordAll(
      absl::StatusOr<v1::Renewal> renewal,
      std::initializer_list<v1::Step> const steps) {
    for (auto const step : steps) {
      if (!renewal.ok()) break;
      EXPECT_EQ(renewal->next_step(), step);
      renewal = Record(*renewal, step);
    }
    return renewal;
  }
  // From the first step until the card is given back.
  absl::StatusOr<v1::Renewal> RecordUntilTheEnd(v1::Renewal const& renewal,
                                                RenewalReplica& replica) {
    auto const prepared = RecordAll(
        renewal,
        {v1::CHECK_FORM, v1::CHECK_CARD, v1::CHECK_IDENTITY, v1::ENTER_PIN});
    if (!prepared.ok()) return prepared;
    auto const sent =
        Call(replica.stub, &Renewals::Stub::RequestIssuance,
             PressOn<v1::RequestIssuanceRequest>(*prepared, kCounter));
    if (!sent.ok()) return sent.status();
    EXPECT_EQ(sent->renewal().issuance().state(), v1::Renewal::Issuance::SENT);
    return RecordAll(
        Record(sent->renewal(), v1::ISSUE, v1::RecordStepRequest::ISSUED),
        {v1::CHECK_COPY, v1::RETURN_CARD});
  }
  absl::StatusOr<v1::Renewal> Park(v1::Renewal const& renewal) {
    return Park(renewal, v1::Renewal::Parking::UPSTREAM, one_);
  }
  absl::StatusOr<v1::Renewal> Park(v1::Renewal const& renewal,
                                   v1::Renewal::Parking::Reason reason,
                                   RenewalReplica& replica) {
    auto park = PressOn<v1::ParkRenewalRequest>(renewal, kCounter);
    park.set_reason(reason);
    auto const answer = Call(replica.stub, &Renewals::Stub::ParkRenewal, park);
    if (!answer.ok()) return answer.status();
    return answer->renewal();
  }
  absl::StatusOr<v1::Renewal> Resume(v1::Renewal const& renewal) {
    auto const answer =
        Call(other_.stub, &Renewals::Stub::ResumeRenewal,
             PressOn<v1::ResumeRenewalRequest>(renewal, kCounter));
    if (!answer.ok()) return answer.status();
    return answer->renewal();
  }
  absl::StatusOr<v1::Renewal> Get(v1::Renewal const& renewal) {
    v1::GetRenewalRequest get;
    get.set_name(renewal.name());
    return Call(other_.stub, &Renewals::Stub::GetRenewal, get);
  }
  absl::StatusOr<v1::TriageResponse> Ask(
      std::vector<std::pair<std::string, std::string>> const& answers,
      bool talk_to_staff = false) {
    v1::TriageRequest ask;
    ask.set_parent("offices/honcho");
    for (auto const& [question, choice] : answers) {
      auto* const given = ask.add_answers();
      given->set_question(question);
      given->set_choice(choice);
    }
    ask.set_talk_to_staff(talk_to_staff);
    return Call(one_.stub, &Renewals::Stub::Triage, ask);
  }

  static constexpr char kCounter[] = "offices/honcho/counters/2";
  std::vector<std::string> const clock_ = ClockFlagsAtNine();
  TicketingHouse house_{1, clock_};
  RenewalReplica one_{"unix:" + house_.redis().socket(),
                      house_.server(0).address(), clock_};
  RenewalReplica other_{"unix:" + house_.redis().socket(),
                        house_.server(0).address(), clock_};
  std::string number_;
  std::string ticket_;
};

TEST_F(RenewalServiceTest, ACaseGoesFromTheFormToTheCardInHand) {
  auto const started = Start();
  ASSERT_THAT(started, IsOk());
  EXPECT_EQ(started->advice().row(), "C-20");
  EXPECT_THAT(
      started->renewal().path(),
      ElementsAre(v1::CHECK_FORM, v1::CHECK_CARD, v1::CHECK_IDENTITY,
                  v1::ENTER_PIN, v1::ISSUE, v1::CHECK_COPY, v1::RETURN_CARD));
  auto const renewal = RecordUntilTheEnd(started->renewal(), one_);
  ASSERT_THAT(renewal, IsOk());
  auto finish = PressOn<v1::FinishRenewalRequest>(*renewal, kCounter);
  finish.set_complete_ticket(true);
  auto const finished = Call(one_.stub, &Renewals::Stub::FinishRenewal, finish);
  ASSERT_THAT(finished, IsOk());
  EXPECT_EQ(finished->renewal().result(), v1::Renewal::RENEWED);
  EXPECT_FALSE(finished->renewal().ticket_lags());
  EXPECT_EQ(TicketState(), Ticket::COMPLETED);
}

TEST_F(RenewalServiceTest, BeforeTheLastTryOfAPinAResetIsOffered) {
  absl::StatusOr<v1::Renewal> renewal = Start()->renewal();
  for (auto const step : {v1::CHECK_FORM, v1::CHECK_CARD, v1::CHECK_IDENTITY}) {
    renewal = Record(*renewal, step);
    ASSERT_THAT(renewal, IsOk());
  }
  auto wrong = PressOn<v1::RecordStepRequest>(*renewal, kCounter);
  wrong.set_step(v1::ENTER_PIN);
  wrong.set_event(v1::RecordStepRequest::WRONG_PIN);
  wrong.set_pin_kind(v1::RecordStepRequest::FOUR_DIGITS);
  wrong.set_wrong_tries(2);
  for (auto const* replica : {&one_, &other_}) {
    auto const noted = Call(replica->stub, &Renewals::Stub::RecordStep, wrong);
    ASSERT_THAT(noted, IsOk());
    EXPECT_TRUE(noted->offer_reset());
    renewal = noted->renewal();
  }
  renewal =
      Record(*renewal, v1::ENTER_PIN, v1::RecordStepRequest::RESET_CHOSEN);
  ASSERT_THAT(renewal, IsOk());
  EXPECT_EQ(renewal->row(), "C-21");
  EXPECT_EQ(renewal->next_step(), v1::CHECK_SECOND_ID);
}

TEST_F(RenewalServiceTest, ACaseNeedsATicketThatIsBeingServedAtItsCounter) {
  auto const refused =
      IsError(absl::StatusCode::kFailedPrecondition, "TICKET_NOT_SERVING");
  // Nobody's.
  for (auto const* const other :
       {"offices/honcho/tickets/20260601-renew-00099",
        "offices/honcho/tickets/20260531-renew-00001"}) {
    EXPECT_THAT(Call(one_.stub, &Renewals::Stub::StartRenewal,
                     StartOf(other, kCounter)),
                refused);
  }
  // At another counter.
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::StartRenewal,
                   StartOf(ticket_, "offices/honcho/counters/3")),
              refused);
  // Called, and not here yet.
  ASSERT_THAT(Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket,
                   IssueOf("renew_self")),
              IsOk());
  ASSERT_THAT(Call(counters(), &CounterService::Stub::OpenCounter, OpenOf("3")),
              IsOk());
  auto const called = Call(counters(), &CounterService::Stub::CallNextTicket,
                           CallNextOf("3", 0));
  ASSERT_THAT(called, IsOk());
  EXPECT_THAT(
      Call(one_.stub, &Renewals::Stub::StartRenewal,
           StartOf(called->ticket().name(), "offices/honcho/counters/3")),
      refused);
  EXPECT_THAT(Start(), IsOk());
}

TEST_F(RenewalServiceTest, AParkedCaseHoldsItsTicketAndIsResumedWithIt) {
  auto const parked = Park(Start()->renewal());
  ASSERT_THAT(parked, IsOk());
  EXPECT_EQ(parked->state(), v1::Renewal::PARKED);
  EXPECT_FALSE(parked->ticket_lags());
  EXPECT_EQ(TicketState(), Ticket::ON_HOLD);
  auto const open = Resume(*parked);
  ASSERT_THAT(open, IsOk());
  EXPECT_EQ(open->state(), v1::Renewal::OPEN);
  EXPECT_EQ(TicketState(), Ticket::SERVING);
}

TEST_F(RenewalServiceTest, ATicketThatWasResumedAtItsCounterTakesItsCaseAlong) {
  auto const parked = Park(Start()->renewal());
  ASSERT_THAT(parked, IsOk());
  ticketing::v1::ResumeTicketRequest resume;
  resume.set_ticket(ticket_);
  resume.set_counter(kCounter);
  resume.set_request_id(sdk::NewRequestId());
  ASSERT_THAT(Call(counters(), &CounterService::Stub::ResumeTicket, resume),
              IsOk());
  auto const open = Resume(*parked);
  ASSERT_THAT(open, IsOk());
  EXPECT_EQ(open->state(), v1::Renewal::OPEN);
}

TEST_F(RenewalServiceTest, ACardThatIsKeptIsIssuedForAfterItsHolderWentHome) {
  auto const started = Start();
  ASSERT_THAT(started, IsOk());
  constexpr auto kCustody = v1::Renewal::Parking::CUSTODY;
  EXPECT_THAT(Park(started->renewal(), kCustody, one_),
              IsError(kForbidden, "CUSTODY_NOT_OFFERED"));
  RenewalReplica keeper("unix:" + house_.redis().socket(),
                        house_.server(0).address(), clock_,
                        SettingsWithCustody());
  auto const kept = Park(started->renewal(), kCustody, keeper);
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(TicketState(), Ticket::COMPLETED);

  auto const resumed = Resume(*kept);
  ASSERT_THAT(resumed, IsOk());
  auto const renewal = RecordUntilTheEnd(*resumed, keeper);
  ASSERT_THAT(renewal, IsOk());
  auto const finished =
      Call(keeper.stub, &Renewals::Stub::FinishRenewal,
           PressOn<v1::FinishRenewalRequest>(*renewal, kCounter));
  ASSERT_THAT(finished, IsOk());
  EXPECT_EQ(finished->renewal().result(), v1::Renewal::RENEWED);
  EXPECT_FALSE(finished->renewal().ticket_lags());
}

TEST_F(RenewalServiceTest, WithTicketingAwayACaseIsParkedAndTheTicketFollows) {
  auto const started = Start();
  ASSERT_THAT(started, IsOk());
  house_.server(0).Kill();
  auto park = PressOn<v1::ParkRenewalRequest>(started->renewal(), kCounter);
  park.set_reason(v1::Renewal::Parking::VISITOR);
  auto const parked = Call(one_.stub, &Renewals::Stub::ParkRenewal, park);
  ASSERT_THAT(parked, IsOk());
  EXPECT_TRUE(parked->renewal().ticket_lags());
  // Whoever was pressed at is gone; another replica tells ticketing.
  one_.Kill();
  ASSERT_THAT(house_.server(0).Restart(), IsOk());
  EXPECT_TRUE(AwaitTicketState(Ticket::ON_HOLD));
}

TEST_F(RenewalServiceTest, ACopyOfAPressAtAnotherReplicaIsAnsweredAsTheFirst) {
  auto const started = Start();
  ASSERT_THAT(started, IsOk());
  auto record = PressOn<v1::RecordStepRequest>(started->renewal(), kCounter);
  record.set_step(v1::CHECK_FORM);
  record.set_event(v1::RecordStepRequest::DONE);
  auto const first = Call(one_.stub, &Renewals::Stub::RecordStep, record);
  auto const copy = Call(other_.stub, &Renewals::Stub::RecordStep, record);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(copy, IsOk());
  EXPECT_EQ(copy->SerializeAsString(), first->SerializeAsString());
}

TEST_F(RenewalServiceTest, AFamilyHasACaseForEachOnOneTicket) {
  ASSERT_THAT(Start(v1::Answers::KNOWN, 1), IsOk());
  auto const child = Start(v1::Answers::FORGOTTEN, 2);
  ASSERT_THAT(child, IsOk());
  EXPECT_EQ(child->renewal().row(), "C-21");
  EXPECT_THAT(Start(v1::Answers::KNOWN, 2), Refused("CASE_EXISTS"));
  v1::ListRenewalsRequest list;
  list.set_parent("offices/honcho");
  list.set_ticket(ticket_);
  auto const of_ticket = Call(other_.stub, &Renewals::Stub::ListRenewals, list);
  ASSERT_THAT(of_ticket, IsOk());
  EXPECT_EQ(of_ticket->renewals_size(), 2);
  list.clear_ticket();
  list.set_page_size(1);
  auto const first = Call(other_.stub, &Renewals::Stub::ListRenewals, list);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->renewals_size(), 1);
  list.set_page_token(first->next_page_token());
  auto const second = Call(other_.stub, &Renewals::Stub::ListRenewals, list);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->renewals(0).person(), 2);
}

TEST_F(RenewalServiceTest, ACaseThatReplicasWereKilledOverIsStillThere) {
  auto const started = Start();
  ASSERT_THAT(started, IsOk());
  one_.Kill();
  other_.Kill();
  other_.Start();
  auto const found = Get(started->renewal());
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->SerializeAsString(), started->renewal().SerializeAsString());
}

TEST_F(RenewalServiceTest, EachBadInputHasItsError) {
  auto const started = Start();
  ASSERT_THAT(started, IsOk());
  auto const& renewal = started->renewal();
  EXPECT_THAT(Record(renewal, v1::RETURN_CARD), Refused("STEP_NOT_NEXT"));
  EXPECT_THAT(Record(renewal, v1::STEP_UNSPECIFIED), Invalid("EVENT_INVALID"));
  EXPECT_THAT(Record(renewal, v1::CHECK_FORM, v1::RecordStepRequest::WRONG_PIN),
              Invalid("EVENT_INVALID"));
  EXPECT_THAT(Record(renewal, v1::CHECK_FORM, v1::RecordStepRequest::ISSUED),
              Invalid("EVENT_INVALID"));
  EXPECT_THAT(Record(renewal, v1::ISSUE, v1::RecordStepRequest::ISSUED),
              Refused("ISSUANCE_NOT_SENT"));
  EXPECT_THAT(Resume(renewal), Refused("CASE_NOT_PARKED"));
  auto finish = PressOn<v1::FinishRenewalRequest>(renewal, kCounter);
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::FinishRenewal, finish),
              Refused("STEPS_LEFT"));
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::RequestIssuance,
                   PressOn<v1::RequestIssuanceRequest>(renewal, kCounter)),
              Refused("STEP_NOT_NEXT"));
  auto abandon = PressOn<v1::AbandonRenewalRequest>(renewal, kCounter);
  abandon.set_reason("山田様お帰り");
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::AbandonRenewal, abandon),
              Invalid("REASON_INVALID"));
  auto old = PressOn<v1::RecordStepRequest>(renewal, kCounter);
  old.set_step(v1::CHECK_FORM);
  old.set_event(v1::RecordStepRequest::DONE);
  old.set_expected_version(99);
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::RecordStep, old),
              IsError(absl::StatusCode::kAborted, "CASE_CHANGED"));
  auto nobody = PressOn<v1::RecordStepRequest>(renewal, kCounter);
  nobody.set_name("offices/honcho/renewals/20261124-renew-00099-1");
  nobody.set_step(v1::CHECK_FORM);
  nobody.set_event(v1::RecordStepRequest::DONE);
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::RecordStep, nobody),
              IsError(absl::StatusCode::kNotFound, "CASE_NOT_FOUND"));
  nobody.set_name("offices/honcho/renewals/x");
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::RecordStep, nobody),
              Invalid("INVALID_NAME"));
  auto named = PressOn<v1::RecordStepRequest>(renewal, kCounter);
  named.set_step(v1::CHECK_FORM);
  named.set_event(v1::RecordStepRequest::DONE);
  named.set_staff("Yamada Hana");
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::RecordStep, named),
              Invalid("STAFF_INVALID"));
  v1::ListRenewalsRequest list;
  list.set_parent("offices/honcho");
  list.set_page_token("!");
  EXPECT_THAT(Call(one_.stub, &Renewals::Stub::ListRenewals, list),
              Invalid("PAGE_TOKEN_INVALID"));
  EXPECT_EQ(Get(renewal)->version(), renewal.version());
}

TEST_F(RenewalServiceTest, TriageAsksAtMostSixQuestionsAndThenKnows) {
  std::vector<std::pair<std::string, std::string>> given;
  std::vector<std::string> const choices = {"OWN_CARD", "HERE", "LATER",
                                            "WITHIN_THREE_MONTHS", "KNOWN"};
  auto next = Ask(given);
  for (auto const& choice : choices) {
    ASSERT_THAT(next, IsOk());
    ASSERT_TRUE(next->has_question());
    EXPECT_LE(next->question().choices_size(), 5);
    given.emplace_back(next->question().question(), choice);
    next = Ask(given);
  }
  ASSERT_THAT(next, IsOk());
  ASSERT_TRUE(next->has_advice());
  EXPECT_EQ(next->advice().row(), "C-20");
  EXPECT_EQ(next->advice().service(), "renew_self");
  EXPECT_TRUE(next->advice().may_consult());
  EXPECT_EQ(Ask({{"WHO", "AS_PROXY"}}, /*talk_to_staff=*/true)->advice().row(),
            "C-99");
  EXPECT_THAT(Ask({{"WHO", "HANA"}}), Invalid("ANSWER_INVALID"));
}

TEST_F(RenewalServiceTest, AServerThatIsToldToStopEndsInOrder) {
  EXPECT_TRUE(one_.Stop());
}

}  // namespace
}  // namespace madoguchi::testing
