#include "clients/counter_terminal/case_board.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::counter_terminal {
namespace {

using renewal::v1::Renewal;
using renewal::v1::Upstream;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ticketing::v1::Ticket;

constexpr char kTicket[] = "offices/honcho/tickets/t1";

class CaseBoardTest : public ::testing::Test {
 protected:
  CaseBoardTest() {
    board_.news.is_there = true;
    board_.ticket = kTicket;
    desk_.counter = "2";
    desk_.ticket.emplace();
    desk_.ticket->set_name(kTicket);
    desk_.ticket->set_service("renew_self");
    desk_.ticket->set_state(Ticket::SERVING);
  }

  Renewal& AddCase(int person = 1) {
    Renewal renewal;
    renewal.set_name("offices/honcho/renewals/t1-" + std::to_string(person));
    renewal.set_ticket(kTicket);
    renewal.set_person(person);
    renewal.set_state(Renewal::OPEN);
    renewal.set_version(1);
    renewal.set_row("C-20");
    renewal.set_outcome("RENEW_TODAY");
    renewal.add_path(renewal::v1::CHECK_CARD);
    renewal.add_path(renewal::v1::ENTER_PIN);
    renewal.add_path(renewal::v1::ISSUE);
    renewal.set_next_step(renewal::v1::CHECK_CARD);
    PutCase(renewal, board_);
    return board_.cases.back();
  }

  Move Next() const { return NextMove(board_, desk_); }

  CaseBoard board_;
  Desk desk_;
};

TEST_F(CaseBoardTest, ACaseBeginsForATicketOfARenewalAlone) {
  EXPECT_EQ(Next(), Move::kStart);
  desk_.ticket->set_service("consult");
  EXPECT_EQ(Next(), Move::kNone);
  desk_.ticket->set_service("renew_self");
  desk_.ticket->set_state(Ticket::CALLED);
  EXPECT_EQ(Next(), Move::kNone);
  desk_.ticket->set_state(Ticket::SERVING);
  board_.news.is_there = false;
  EXPECT_EQ(Next(), Move::kNone);
}

TEST_F(CaseBoardTest, TheAuthorityIsAskedOnceAndThenForWhatCameOfIt) {
  auto& renewal = AddCase();
  EXPECT_EQ(Next(), Move::kStep);
  renewal.set_next_step(renewal::v1::ISSUE);
  EXPECT_EQ(Next(), Move::kRequest);
  renewal.mutable_issuance()->set_state(Renewal::Issuance::SENT);
  EXPECT_EQ(Next(), Move::kResult);
  renewal.mutable_issuance()->set_state(Renewal::Issuance::PLANNED);
  EXPECT_EQ(Next(), Move::kRequest);
  board_.news.upstream.emplace().set_connector(Upstream::RPC);
  EXPECT_EQ(Next(), Move::kWait);
  renewal.mutable_issuance()->set_state(Renewal::Issuance::SENT);
  EXPECT_EQ(Next(), Move::kWait);
  renewal.mutable_issuance()->set_state(Renewal::Issuance::CHECK_AT_TERMINAL);
  EXPECT_EQ(Next(), Move::kResult);
}

TEST_F(CaseBoardTest, GoesOnWithWhatWasParkedWhenItsVisitorIsBack) {
  AddCase(1).set_state(Renewal::FINISHED);
  auto& parked = AddCase(2);
  parked.set_state(Renewal::PARKED);
  parked.mutable_parking()->set_reason(Renewal::Parking::UPSTREAM);
  EXPECT_EQ(Next(), Move::kResume);
  EXPECT_EQ(ParkedCase(board_)->person(), 2);
  EXPECT_EQ(MoveText(board_, Next()), "renewal.next_resume");
  desk_.ticket->set_state(Ticket::CALLED);
  EXPECT_EQ(Next(), Move::kNone);
  desk_.ticket->set_state(Ticket::SERVING);
  // That card waits here without its holder.
  parked.mutable_parking()->set_reason(Renewal::Parking::CUSTODY);
  EXPECT_EQ(Next(), Move::kNone);
  parked.mutable_parking()->set_reason(Renewal::Parking::VISITOR);
  AddCase(3);
  EXPECT_EQ(Next(), Move::kStep);
}

TEST_F(CaseBoardTest, TheTicketEndsWithTheLastOfAFamily) {
  AddCase(1).set_next_step(renewal::v1::STEP_UNSPECIFIED);
  EXPECT_EQ(Next(), Move::kFinishAll);
  AddCase(2);
  EXPECT_EQ(Next(), Move::kFinish);
  board_.cases.back().set_state(Renewal::FINISHED);
  EXPECT_EQ(Next(), Move::kFinishAll);
  board_.cases.front().set_state(Renewal::FINISHED);
  EXPECT_EQ(Next(), Move::kNone);
  EXPECT_FALSE(HasLiveCase(board_));
}

TEST_F(CaseBoardTest, ACardWhoseHolderHasGoneHomeCompletesNoTicket) {
  AddCase().set_next_step(renewal::v1::STEP_UNSPECIFIED);
  desk_.ticket.reset();
  EXPECT_EQ(Next(), Move::kNone);
  board_.of_custody = true;
  EXPECT_EQ(Next(), Move::kFinish);
  EXPECT_THAT(DealsOf(board_), Not(Contains("another")));
}

TEST_F(CaseBoardTest, OffersWhatHelpsNow) {
  auto& renewal = AddCase();
  EXPECT_THAT(DealsOf(board_),
              ElementsAre("park_visitor", "park_upstream", "park_custody",
                          "another", "abandon"));
  renewal.set_next_step(renewal::v1::ENTER_PIN);
  board_.offers_custody = false;
  EXPECT_THAT(DealsOf(board_),
              ElementsAre("wrong_pin", "reset", "park_visitor", "park_upstream",
                          "another", "abandon"));
  renewal.mutable_issuance()->set_state(Renewal::Issuance::SENT);
  EXPECT_THAT(DealsOf(board_), Not(Contains("abandon")));
  renewal.add_path(renewal::v1::OPEN_ENVELOPE);
  EXPECT_TRUE(IsPinOfForm(renewal));
  EXPECT_THAT(DealsOf(board_), Not(Contains("reset")));
}

TEST_F(CaseBoardTest, NeverBelievesAnOlderCase) {
  auto renewal = AddCase();
  renewal.set_version(3);
  PutCase(renewal, board_);
  renewal.set_version(2);
  renewal.set_row("C-21");
  PutCase(renewal, board_);
  EXPECT_EQ(board_.cases.front().row(), "C-20");
  EXPECT_EQ(ReceiptOf(renewal), "t1-1");
  EXPECT_EQ(NextPerson(board_), 2);
  AddCase(9);
  EXPECT_EQ(NextPerson(board_), std::nullopt);
}

TEST_F(CaseBoardTest, ThePanelSaysWhereTheCaseIsAndWhatTheKeyDoes) {
  auto& renewal = AddCase();
  renewal.set_next_step(renewal::v1::ENTER_PIN);
  auto& record = *renewal.add_steps();
  record.set_step(renewal::v1::CHECK_CARD);
  record.set_kind(Renewal::StepRecord::DONE);
  board_.news.upstream.emplace().set_state(Upstream::SLOW);
  board_.news.parked.emplace_back();
  std::string panel;
  for (auto const& line : CasePanel(board_, desk_, 100)) panel += line + "\n";
  EXPECT_THAT(panel, HasSubstr("C-20"));
  EXPECT_THAT(panel, HasSubstr("+カードを確かめる"));
  EXPECT_THAT(panel, HasSubstr(">暗証番号を入力してもらう"));
  EXPECT_THAT(panel, HasSubstr("j="));
  EXPECT_THAT(panel, HasSubstr("tell anyone your PIN"));
  EXPECT_THAT(panel, HasSubstr("is slow"));
  EXPECT_THAT(panel, HasSubstr("Parked renewals: 1"));
}

TEST_F(CaseBoardTest, WithoutRenewalThereIsNoPanel) {
  EXPECT_THAT(CasePanel({}, desk_, 80), IsEmpty());
}

}  // namespace
}  // namespace madoguchi::counter_terminal
