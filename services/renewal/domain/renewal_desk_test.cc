#include "services/renewal/domain/renewal_desk.h"
#include "services/base/name_uuid.h"
#include "services/renewal/domain/case_keeper.h"
#include "tests/support/answer.h"
#include "tests/support/renewal_house.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using madoguchi::testing::Invalid;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using madoguchi::testing::Refused;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr MachineTime kSoon{std::chrono::seconds(5)};
TicketRef const kFamilyTicket{"20260601-a-00001"};

// Within the second that a command is given in these tests.
constexpr std::chrono::milliseconds kContention{500};

class RenewalDeskTest : public ::testing::Test {
 protected:
  using Command =
      std::function<void(RenewalDesk& desk, Done<RenewalCase> done)>;

  absl::StatusOr<RenewalCase> Run(Command const& command) {
    madoguchi::Answer<RenewalCase> answer;
    command(house_.desk, answer.Catch());
    house_.scheduler.Advance(std::chrono::seconds(1));
    return answer.Get();
  }

  absl::StatusOr<RenewalCase> Abandon(CasePress const& press) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Abandon(press, "left", house_.scheduler.Now() + kContention,
                   std::move(done));
    });
  }

  // Somebody else settles something on the case.
  void ChangeAsARival(CaseId const& id) {
    madoguchi::Answer<CaseView> view;
    house_.memory.Look(kHonchoId, {}, id, kSoon, view.Catch());
    CaseSettlement settlement;
    settlement.request = *ReadRequest(PressAt("3").request_id, "rival", {});
    settlement.office = kHonchoId;
    settlement.after = *view.Get()->renewal;
    settlement.seen_version = settlement.after.version++;
    house_.memory.Settle(settlement, kSoon, [](auto const&) {});
  }

  static Press PressAt(std::string const& counter) {
    static int number = 0;
    return {kHonchoId,
            {counter},
            {"hana"},
            NameUuid("press " + std::to_string(++number)),
            {}};
  }
  static CasePress On(RenewalCase const& renewal) {
    return {PressAt("2"), renewal.id, renewal.version};
  }

  static CasePlan SelfPlan() {
    CasePlan plan;
    plan.row = "C-20";
    plan.outcome = "RENEW_TODAY";
    plan.act = Act::kRenew;
    plan.enters_pin = true;
    return plan;
  }

  absl::StatusOr<RenewalCase> Start(Press const& press, int person = 1) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Start(press, kFamilyTicket, person, SelfPlan(), kSoon,
                 std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> Record(CasePress const& press, Step step) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Record(press, step, kSoon, std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> RequestIssuance(CasePress const& press) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.RequestIssuance(press, kSoon, std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> Find(CasePress const& press,
                                   AttemptId const& attempt, Finding finding,
                                   std::string const& code = "") {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.TakeFinding(press, attempt, finding, code, kSoon, std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> Park(CasePress const& press, ParkReason reason) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Park(press, reason, kOpening + minutes(15), kSoon, std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> Resume(CasePress const& press) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Resume(press, kSoon, std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> Finish(CasePress const& press) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Finish(press, /*completes_ticket=*/true, kSoon, std::move(done));
    });
  }
  absl::StatusOr<RenewalCase> Get(CaseId const& id) {
    return Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
      desk.Get(kHonchoId, id, kSoon, std::move(done));
    });
  }

  // Up to where the authority is to be asked.
  RenewalCase Prepared(int person = 1) {
    auto renewal = Start(PressAt("2"), person);
    for (auto const step : {Step::kCheckForm, Step::kCheckCard,
                            Step::kCheckIdentity, Step::kEnterPin}) {
      EXPECT_THAT(renewal, IsOk());
      renewal = Record(On(*renewal), step);
    }
    EXPECT_THAT(renewal, IsOk());
    return *renewal;
  }

  // What a replica does by itself each second.
  CasesKept Keep() {
    CaseKeeper keeper(house_.store, house_.errands, house_.clock,
                      house_.scheduler);
    madoguchi::Answer<CasesKept> kept;
    keeper.Pass(kHonchoId, kSoon, kept.Catch());
    house_.scheduler.Advance(std::chrono::seconds(1));
    EXPECT_THAT(kept.Get(), IsOk());
    return *kept.Get();
  }

  void EndDays(Office const& office = CityOfOneOffice().offices.front()) {
    CaseKeeper keeper(house_.store, house_.errands, house_.clock,
                      house_.scheduler);
    keeper.EndDays(office, house_.scheduler.Now() + kContention);
    house_.scheduler.Advance(std::chrono::seconds(1));
  }

  std::vector<CaseEventKind> Kinds() {
    std::vector<CaseEventKind> kinds;
    for (auto const& event : house_.memory.Events(kHonchoId)) {
      kinds.push_back(event.kind);
    }
    return kinds;
  }

  RenewalHouse house_;
};

TEST_F(RenewalDeskTest, ACaseGoesFromTheFormToTheOutcome) {
  auto const sent = RequestIssuance(On(Prepared()));
  ASSERT_THAT(sent, IsOk());
  auto renewal = Find(On(*sent), sent->issuance->id, Finding::kIssued);
  for (auto const step : {Step::kCheckCopy, Step::kReturnCard}) {
    ASSERT_THAT(renewal, IsOk());
    renewal = Record(On(*renewal), step);
  }
  ASSERT_THAT(renewal, IsOk());
  auto const finished = Finish(On(*renewal));
  ASSERT_THAT(finished, IsOk());
  EXPECT_EQ(finished->state, CaseState::kFinished);
  EXPECT_EQ(finished->result, CaseResult::kRenewed);
  EXPECT_FALSE(finished->errand);
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kCompleted);
}

TEST_F(RenewalDeskTest, EachStepIsOneEvent) {
  auto const sent = RequestIssuance(On(Prepared()));
  ASSERT_THAT(sent, IsOk());
  EXPECT_THAT(
      Kinds(),
      ElementsAre(CaseEventKind::kStarted, CaseEventKind::kStepTaken,
                  CaseEventKind::kStepTaken, CaseEventKind::kStepTaken,
                  CaseEventKind::kStepTaken, CaseEventKind::kIssuanceSent));
}

TEST_F(RenewalDeskTest, WhoeverWasSlowerThanARivalLooksAgain) {
  auto const started = Start(PressAt("2"));
  ASSERT_THAT(started, IsOk());
  int rivals = 0;
  house_.store.SetRival([&] {
    if (++rivals == 1) ChangeAsARival(started->id);
  });
  auto const abandoned =
      Abandon({PressAt("2"), started->id, /*expected_version=*/0});
  ASSERT_THAT(abandoned, IsOk());
  EXPECT_EQ(abandoned->state, CaseState::kAbandoned);
  EXPECT_EQ(abandoned->version, started->version + 2);
}

TEST_F(RenewalDeskTest, AgainstRivalsWithoutEndAPressIsContended) {
  auto const started = Start(PressAt("2"));
  ASSERT_THAT(started, IsOk());
  int rivals = 0;
  house_.store.SetRival([&] {
    ++rivals;
    ChangeAsARival(started->id);
  });
  EXPECT_THAT(Abandon({PressAt("2"), started->id, /*expected_version=*/0}),
              IsError(absl::StatusCode::kDeadlineExceeded, "CASE_CONTENDED"));
  EXPECT_GE(rivals, 10);
}

TEST_F(RenewalDeskTest, ACaseBeginsOnlyOnATicketThatIsBeingServed) {
  for (auto const state :
       {OneTicket::State::kOnHold, OneTicket::State::kCompleted}) {
    house_.ticket.SetState(state);
    EXPECT_THAT(
        Start(PressAt("2")),
        IsError(absl::StatusCode::kFailedPrecondition, "TICKET_NOT_SERVING"));
  }
  EXPECT_THAT(Kinds(), IsEmpty());
}

TEST_F(RenewalDeskTest, ARepeatIsAnsweredThoughTheTicketHasGoneOn) {
  auto const press = PressAt("2");
  auto const first = Start(press);
  ASSERT_THAT(first, IsOk());
  house_.ticket.SetState(OneTicket::State::kCompleted);
  EXPECT_EQ(*Start(press), *first);
  house_.ticket.SetDown(true);
  EXPECT_EQ(*Start(press), *first);
}

TEST_F(RenewalDeskTest, WhileTicketingIsAwayNobodyCanTellAndAPressIsRepeated) {
  auto const press = PressAt("2");
  house_.ticket.SetDown(true);
  EXPECT_THAT(Start(press),
              IsError(absl::StatusCode::kUnavailable, "TICKETING_UNAVAILABLE"));
  house_.ticket.SetDown(false);
  EXPECT_THAT(Start(press), IsOk());
}

TEST_F(RenewalDeskTest, ARepeatGetsTheFirstAnswerAndChangesNothing) {
  auto const press = PressAt("2");
  auto const first = Start(press);
  ASSERT_THAT(first, IsOk());
  auto const step = On(*first);
  auto const after = Record(step, Step::kCheckForm);
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(*Start(press), *first);
  EXPECT_EQ(*Record(step, Step::kCheckForm), *after);
  EXPECT_THAT(Kinds(), SizeIs(2));
  EXPECT_THAT(Record(step, Step::kCheckCard), Invalid("REQUEST_ID_REUSED"));
}

TEST_F(RenewalDeskTest, AFamilyHasACaseForEachOnOneTicket) {
  EXPECT_THAT(Start(PressAt("2"), 1), IsOk());
  EXPECT_THAT(Start(PressAt("2"), 2), IsOk());
  EXPECT_THAT(Start(PressAt("2"), 1), Refused("CASE_EXISTS"));
  EXPECT_THAT(Start(PressAt("2"), 0), Invalid("PERSON_INVALID"));
  EXPECT_THAT(Start(PressAt("2"), 10), Invalid("PERSON_INVALID"));
  madoguchi::Answer<std::vector<RenewalCase>> cases;
  house_.memory.ListOfTicket(kHonchoId, kFamilyTicket, kSoon, cases.Catch());
  EXPECT_THAT(*cases.Get(), SizeIs(2));
}

TEST_F(RenewalDeskTest, WhatHasNotItsFormIsRefused) {
  auto press = PressAt("2");
  press.request_id = "1";
  EXPECT_THAT(Start(press), Invalid("REQUEST_ID_INVALID"));
  press = PressAt("9");
  EXPECT_THAT(Start(press),
              IsError(absl::StatusCode::kNotFound, "COUNTER_NOT_FOUND"));
  press = PressAt("2");
  press.office = {"elsewhere"};
  EXPECT_THAT(Start(press),
              IsError(absl::StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  press = PressAt("2");
  press.staff = {"山田花子"};
  EXPECT_THAT(Start(press), Invalid("STAFF_INVALID"));
  EXPECT_THAT(Kinds(), IsEmpty());
}

TEST_F(RenewalDeskTest, AClerkWhoSawAnOlderCaseLooksAgain) {
  auto const started = Start(PressAt("2"));
  ASSERT_THAT(Record(On(*started), Step::kCheckForm), IsOk());
  EXPECT_THAT(Record(On(*started), Step::kCheckCard),
              IsError(absl::StatusCode::kAborted, "CASE_CHANGED"));
  EXPECT_THAT(Record({PressAt("2"), started->id, 0}, Step::kCheckCard), IsOk());
}

TEST_F(RenewalDeskTest, ACaseThatIsNotThereIsNotFound) {
  EXPECT_THAT(
      Record({PressAt("2"), {"20260601-a-00009-1"}, 0}, Step::kCheckForm),
      IsError(absl::StatusCode::kNotFound, "CASE_NOT_FOUND"));
  EXPECT_THAT(Get({"20260601-a-00009-1"}),
              IsError(absl::StatusCode::kNotFound, "CASE_NOT_FOUND"));
}

TEST_F(RenewalDeskTest, ParkingHoldsTheTicketAndResumingServesItAgain) {
  auto const parked = Park(On(*Start(PressAt("2"))), ParkReason::kUpstream);
  ASSERT_THAT(parked, IsOk());
  EXPECT_FALSE(parked->errand);
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kOnHold);
  auto const open = Resume(On(*parked));
  ASSERT_THAT(open, IsOk());
  EXPECT_EQ(open->state, CaseState::kOpen);
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kServing);
}

// How long the authority stays away nobody knows.
TEST_F(RenewalDeskTest, WhoWaitsForTheAuthorityIsHeldAsLongAsATicketMayBe) {
  auto const press = On(*Start(PressAt("2")));
  auto const parked = Run([&](RenewalDesk& desk, Done<RenewalCase> done) {
    desk.Park(press, ParkReason::kUpstream, {}, kSoon, std::move(done));
  });
  ASSERT_THAT(parked, IsOk());
  EXPECT_THAT(parked->parking->until,
              Optional(kOpening + DeskPolicy().longest_hold));
}

TEST_F(RenewalDeskTest, WhoIsParkedIsNotAskedForAndIsAskedForAnewOnceBack) {
  house_.settings[kHonchoId].connector = Connector::kRpc;
  auto const planned = RequestIssuance(On(Prepared()));
  ASSERT_THAT(planned, IsOk());
  auto const parked = Park(On(*planned), ParkReason::kUpstream);
  ASSERT_THAT(parked, IsOk());
  EXPECT_EQ(parked->issuance, std::nullopt);
  auto const again = RequestIssuance(On(*Resume(On(*parked))));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->issuance->state, IssuanceState::kPlanned);
  EXPECT_NE(again->issuance->id, planned->issuance->id);
}

// The city has given up the link meanwhile: the clerk does what was planned.
TEST_F(RenewalDeskTest, APlannedRequestIsDoneByHandOnceThereIsNoLink) {
  house_.settings[kHonchoId].connector = Connector::kRpc;
  auto const planned = RequestIssuance(On(Prepared()));
  house_.settings[kHonchoId].connector = Connector::kManual;
  auto const sent = RequestIssuance(On(*planned));
  ASSERT_THAT(sent, IsOk());
  EXPECT_EQ(sent->issuance->state, IssuanceState::kSent);
  EXPECT_EQ(sent->issuance->id, planned->issuance->id);
}

TEST_F(RenewalDeskTest, ACaseThatWasBegunByMistakeMayBeBegunAgain) {
  auto const parked = Park(On(*Start(PressAt("2"))), ParkReason::kVisitor);
  auto const mistaken = Resume(On(*parked));
  EXPECT_THAT(Start(PressAt("2")), Refused("CASE_EXISTS"));
  auto const abandoned = Abandon(On(*mistaken));
  ASSERT_THAT(abandoned, IsOk());
  auto const again = Start(PressAt("3"));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->id, abandoned->id);
  EXPECT_EQ(again->state, CaseState::kOpen);
  EXPECT_EQ(again->version, abandoned->version + 1);
  EXPECT_EQ(again->counter, CounterId{"3"});
  EXPECT_EQ(again->reason, "");
  // Ticketing tells the errands of both apart.
  EXPECT_THAT(Park(On(*again), ParkReason::kVisitor), IsOk());
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kOnHold);
  EXPECT_EQ(house_.ticket.moves(), 3);
}

TEST_F(RenewalDeskTest, ACaseThatWasLeftOverEndsWithItsDay) {
  auto const left = Start(PressAt("2"));
  auto const issued = RequestIssuance(On(Prepared(2)));
  ASSERT_THAT(Find(On(*issued), issued->issuance->id, Finding::kIssued),
              IsOk());
  auto const unclear = RequestIssuance(On(Prepared(3)));
  ASSERT_THAT(Find(On(*unclear), unclear->issuance->id, Finding::kUnclear),
              IsOk());
  house_.settings[kHonchoId].rules.custody = true;
  auto const parked = Start(PressAt("2"), 4);
  auto const in_custody = Park(On(*parked), ParkReason::kCustody);
  EndDays();
  EXPECT_EQ(Get(left->id)->state, CaseState::kOpen);
  house_.clock.Advance(std::chrono::hours(24));
  auto carrying = CityOfOneOffice().offices.front();
  carrying.day_end = DayEnd::kCarryOver;
  EndDays(carrying);
  EXPECT_EQ(Get(left->id)->state, CaseState::kOpen);
  EndDays();
  EXPECT_EQ(Get(left->id)->state, CaseState::kAbandoned);
  EXPECT_EQ(Get(left->id)->reason, "day_ended");
  EXPECT_EQ(Get(issued->id)->state, CaseState::kFinished);
  EXPECT_EQ(Get(issued->id)->result, CaseResult::kRenewed);
  EXPECT_EQ(Get(unclear->id)->state, CaseState::kOpen);
  EXPECT_EQ(Get(in_custody->id)->state, CaseState::kParked);
}

TEST_F(RenewalDeskTest, ATicketThatCannotBeResumedLeavesTheCaseParked) {
  auto const parked = Park(On(*Start(PressAt("2"))), ParkReason::kUpstream);
  house_.ticket.SetState(OneTicket::State::kCompleted);
  auto const after = Resume(On(*parked));
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(after->state, CaseState::kParked);
  EXPECT_FALSE(after->errand);
}

TEST_F(RenewalDeskTest, CustodyIsForOfficesThatOfferIt) {
  auto const started = Start(PressAt("2"));
  EXPECT_THAT(Park(On(*started), ParkReason::kCustody),
              Refused("CUSTODY_NOT_OFFERED"));
  house_.settings[kHonchoId].rules.custody = true;
  auto const kept = Park(On(*started), ParkReason::kCustody);
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kCompleted);
  EXPECT_EQ(Resume(On(*kept))->state, CaseState::kOpen);
}

TEST_F(RenewalDeskTest, WithTheConnectorRpcARequestIsPlannedAndNotSent) {
  house_.settings[kHonchoId].connector = Connector::kRpc;
  auto const planned = RequestIssuance(On(Prepared()));
  ASSERT_THAT(planned, IsOk());
  EXPECT_EQ(planned->issuance->state, IssuanceState::kPlanned);
  madoguchi::Answer<std::vector<QueuedIssuance>> queued;
  house_.memory.TakeQueued("replica", 9, std::chrono::milliseconds(0), kSoon,
                           queued.Catch());
  ASSERT_THAT(queued.Get(), IsOkAnd(SizeIs(1)));
  EXPECT_EQ(queued.Get()->front().id, planned->id);
}

TEST_F(RenewalDeskTest, ARequestNobodyHeardOfIsLostAfterItsTime) {
  auto const sent = RequestIssuance(On(Prepared()));
  ASSERT_THAT(sent, IsOk());
  auto const lost_at = [&](Timestamp now) {
    madoguchi::Answer<CaseWork> work;
    house_.memory.LookWork(kHonchoId, now, 10, kSoon, work.Catch());
    return work.Get()->lost;
  };
  EXPECT_THAT(lost_at(kOpening + minutes(29)), IsEmpty());
  EXPECT_THAT(lost_at(kOpening + minutes(30)), ElementsAre(sent->id));
  ASSERT_THAT(Find(On(*sent), sent->issuance->id, Finding::kUnclear), IsOk());
  EXPECT_THAT(lost_at(kOpening + minutes(30)), IsEmpty());
}

TEST_F(RenewalDeskTest, TrackIsLostByItselfAndAClerkIsAsked) {
  auto const sent = RequestIssuance(On(Prepared()));
  ASSERT_THAT(sent, IsOk());
  EXPECT_EQ(Keep().lost, 0);
  house_.clock.Advance(minutes(30));
  EXPECT_EQ(Keep().lost, 1);
  EXPECT_EQ(Get(sent->id)->issuance->state, IssuanceState::kUnknown);
  EXPECT_EQ(Keep().lost, 0);
  EXPECT_THAT(Find(On(*Get(sent->id)), sent->issuance->id, Finding::kIssued),
              IsOk());
}

TEST_F(RenewalDeskTest, ARefusalHasACodeAndNoWords) {
  auto const sent = RequestIssuance(On(Prepared()));
  EXPECT_THAT(Find(On(*sent), sent->issuance->id, Finding::kRefused,
                   "カードの有効期限"),
              Invalid("REASON_INVALID"));
  EXPECT_THAT(
      Find(On(*sent), sent->issuance->id, Finding::kRefused, "card-expired"),
      IsOk());
}

TEST_F(RenewalDeskTest, WithTicketingDownTheCaseIsParkedAndItIsToldLater) {
  auto const started = Start(PressAt("2"));
  ASSERT_THAT(started, IsOk());
  house_.ticket.SetDown(true);
  auto const parked = Park(On(*started), ParkReason::kUpstream);
  ASSERT_THAT(parked, IsOk());
  EXPECT_EQ(parked->state, CaseState::kParked);
  EXPECT_TRUE(parked->errand);
  house_.ticket.SetDown(false);
  Keep();
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kOnHold);
  EXPECT_FALSE(Get(parked->id)->errand);
}

// A token that is wrong, or a store that is full, is put right one day.
TEST_F(RenewalDeskTest, WhatTicketingMayYetDoIsAskedAgain) {
  auto const started = Start(PressAt("2"));
  house_.ticket.RefuseNextMove(absl::UnauthenticatedError("token"));
  auto const parked = Park(On(*started), ParkReason::kVisitor);
  ASSERT_THAT(parked, IsOk());
  EXPECT_TRUE(parked->errand);
  Keep();
  EXPECT_FALSE(Get(parked->id)->errand);
  EXPECT_EQ(house_.ticket.state(), OneTicket::State::kOnHold);
}

TEST_F(RenewalDeskTest, ALostReplyOfTicketingMovesTheTicketOnce) {
  auto const started = Start(PressAt("2"));
  house_.ticket.LoseNextReply();
  auto const parked = Park(On(*started), ParkReason::kUpstream);
  ASSERT_THAT(parked, IsOk());
  EXPECT_TRUE(parked->errand);
  Keep();
  EXPECT_EQ(house_.ticket.moves(), 1);
  EXPECT_FALSE(Get(parked->id)->errand);
}

// A replica is killed between any two of its steps, before or after the store
// was reached; another one runs what is left.
TEST_F(RenewalDeskTest, KilledAnywhereBetweenParkAndFinishItConverges) {
  for (bool const reaches : {false, true}) {
    for (int steps = 0; steps != 12; ++steps) {
      SCOPED_TRACE(::testing::Message()
                   << steps << (reaches ? " reached" : ""));
      RenewalHouse house;
      auto const run = [&](Command const& command) {
        madoguchi::Answer<RenewalCase> answer;
        command(house.desk, answer.Catch());
        house.scheduler.Advance(std::chrono::milliseconds(100));
        return answer.Get();
      };
      auto const deadline = house.scheduler.Now() + std::chrono::seconds(5);
      auto const started = run([&](RenewalDesk& at, Done<RenewalCase> done) {
        at.Start(PressAt("2"), kFamilyTicket, 1, CasePlan(), deadline,
                 std::move(done));
      });
      ASSERT_THAT(started, IsOk());
      // The clerk repeats each press until there is an answer.
      house.store.StopAfter(steps, reaches);
      auto const press_on = [&](Command const& command) {
        auto answer = run(command);
        for (int tries = 0; !answer.ok() && tries != 3; ++tries) {
          house.store.GoOn();
          answer = run(command);
        }
        return answer;
      };
      auto const id = started->id;
      auto const parked_by = CasePress{PressAt("2"), id, 0};
      ASSERT_THAT(press_on([&](RenewalDesk& at, Done<RenewalCase> done) {
                    at.Park(parked_by, ParkReason::kUpstream, {}, deadline,
                            std::move(done));
                  }),
                  IsOk());
      // What another replica does when it comes by.
      auto const pass_by = [&] {
        madoguchi::Answer<CaseWork> work;
        house.memory.LookWork(kHonchoId, house.clock.Now(), 10, deadline,
                              work.Catch());
        auto const open = *work.Get();
        for (auto const& each : open.errands) {
          madoguchi::Answer<CaseView> view;
          house.memory.Look(kHonchoId, {}, each, deadline, view.Catch());
          ErrandRunner other(house.memory, house.ticket, house.clock,
                             house.scheduler);
          other.Run(*view.Get()->renewal, deadline, [](auto const&) {});
        }
      };
      pass_by();
      EXPECT_EQ(house.ticket.state(), OneTicket::State::kOnHold);
      auto const resumed_by = CasePress{PressAt("3"), id, 0};
      ASSERT_THAT(press_on([&](RenewalDesk& at, Done<RenewalCase> done) {
                    at.Resume(resumed_by, deadline, std::move(done));
                  }),
                  IsOk());
      pass_by();
      EXPECT_EQ(house.ticket.state(), OneTicket::State::kServing);
      auto const told_by = CasePress{PressAt("3"), id, 0};
      ASSERT_THAT(press_on([&](RenewalDesk& at, Done<RenewalCase> done) {
                    at.Record(told_by, Step::kExplain, deadline,
                              std::move(done));
                  }),
                  IsOk());
      auto const finished_by = CasePress{PressAt("3"), id, 0};
      auto const finished =
          press_on([&](RenewalDesk& at, Done<RenewalCase> done) {
            at.Finish(finished_by, /*completes_ticket=*/true, deadline,
                      std::move(done));
          });
      ASSERT_THAT(finished, IsOk());
      EXPECT_EQ(finished->state, CaseState::kFinished);
      house.store.GoOn();
      pass_by();
      EXPECT_EQ(house.ticket.state(), OneTicket::State::kCompleted);
      EXPECT_EQ(house.ticket.moves(), 3);
    }
  }
}

// With `manual` the presses of clerks are all that is known of the upstream.
TEST_F(RenewalDeskTest, WhatClerksSeeAtTheTerminalFeedsTheBreaker) {
  auto const breaker = [&] { return house_.upstream.Known().record.breaker; };
  for (auto const finding : {Finding::kIssued, Finding::kRefused,
                             Finding::kNotIssued, Finding::kUnclear}) {
    static int person = 0;
    auto const sent = RequestIssuance(On(Prepared(++person)));
    ASSERT_THAT(sent, IsOk());
    house_.clock.Advance(std::chrono::seconds(5));
    auto const press = On(*sent);
    for (int copy = 0; copy != 2; ++copy) {
      ASSERT_THAT(Find(press, sent->issuance->id, finding, "lost-card"),
                  IsOk());
    }
    EXPECT_EQ(breaker().recent, person);
  }
  // The last two: nothing was issued, and no answer came.
  EXPECT_EQ(breaker().recent_failed, 0b0011U);
}

TEST_F(RenewalDeskTest, WhatNobodyHeardOfForHalfAnHourIsInNoFigure) {
  auto const sent = RequestIssuance(On(Prepared()));
  house_.clock.Advance(minutes(31));
  Keep();
  auto const lost = Get(sent->id);
  ASSERT_EQ(lost->issuance->state, IssuanceState::kUnknown);
  ASSERT_THAT(Find(On(*lost), sent->issuance->id, Finding::kIssued), IsOk());
  EXPECT_EQ(house_.upstream.Known().record.breaker.recent, 0);
}

TEST_F(RenewalDeskTest, TheCounterThatIsAskedToTryTriesWithItsNextCase) {
  auto const other = Prepared(2);
  auto const own = Prepared(1);
  auto const button = [&](StaffPress pressed) {
    house_.upstream.PressButton(PressAt("2"), pressed, kSoon,
                                [](auto const&) {});
  };
  button(StaffPress::kDown);
  button(StaffPress::kWorksAgain);
  ASSERT_EQ(house_.upstream.Known().record.breaker.prober,
            CallerId{"honcho/2"});
  // A clerk elsewhere may work all the same; it tells nothing.
  auto press = On(other);
  press.press.counter = {"3"};
  auto const aside = RequestIssuance(press);
  ASSERT_THAT(aside, IsOk());
  EXPECT_EQ(house_.upstream.Known().health, UpstreamHealth::kDown);
  auto const tried = RequestIssuance(On(own));
  ASSERT_THAT(tried, IsOk());
  EXPECT_EQ(house_.upstream.Known().health, UpstreamHealth::kTrying);
  ASSERT_THAT(Find(On(*aside), aside->issuance->id, Finding::kIssued), IsOk());
  EXPECT_EQ(house_.upstream.Known().record.breaker.successes, 0);
  ASSERT_THAT(Find(On(*tried), tried->issuance->id, Finding::kIssued), IsOk());
  EXPECT_EQ(house_.upstream.Known().record.breaker.successes, 1);
}

}  // namespace
}  // namespace madoguchi::renewal
