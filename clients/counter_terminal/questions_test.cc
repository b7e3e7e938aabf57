#include "clients/counter_terminal/questions.h"
#include "clients/counter_terminal/fake_calls.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::counter_terminal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ticketing::v1::EditTicketRequest;
using ticketing::v1::HoldTicketRequest;
using ticketing::v1::TransferTicketRequest;

class QuestionsTest : public ::testing::Test {
 protected:
  QuestionsTest() {
    for (auto const* const code : {"renew_self", "consult"}) {
      auto& service = floor_.services.emplace_back();
      service.set_service(code);
      service.mutable_display_name()->set_ja(code);
    }
    floor_.lists.emplace();
    for (int i = 1; i != 5; ++i) {
      auto& counter = floor_.lists->counters.emplace_back();
      counter.set_name("offices/honcho/counters/" + std::to_string(i));
      counter.set_open(i != 3);
    }
  }

  bool AskHold(std::string const& given) {
    hold_.Clear();
    return Questions(conversation_, given).AskHold(hold_);
  }
  bool AskTransfer(std::string const& given) {
    transfer_.Clear();
    return Questions(conversation_, given)
        .AskTransfer(floor_, "offices/honcho", "2", transfer_);
  }
  bool AskEdit(std::string const& given) {
    edit_.Clear();
    return Questions(conversation_, given).AskEdit(floor_, edit_);
  }

  FakePerson person_;
  Conversation conversation_ = person_.Converse();
  Floor floor_;
  HoldTicketRequest hold_;
  TransferTicketRequest transfer_;
  EditTicketRequest edit_;
};

TEST_F(QuestionsTest, AHoldIsAskedForStepByStep) {
  person_.answers = {"2", " 15 ", "2"};
  EXPECT_TRUE(AskHold(""));
  EXPECT_EQ(hold_.reason(), "pin_search");
  EXPECT_EQ(hold_.duration().seconds(), 900);
  EXPECT_TRUE(hold_.to_counter());
  EXPECT_THAT(person_.said, SizeIs(3));
}

TEST_F(QuestionsTest, AnEmptyAnswerTakesTheUsualOneOrGivesUp) {
  person_.answers = {"form", "", ""};
  EXPECT_TRUE(AskHold(""));
  EXPECT_FALSE(hold_.has_duration());
  EXPECT_FALSE(hold_.to_counter());
  person_.answers = {""};
  EXPECT_FALSE(AskHold(""));
  // The end of the input gives up as well.
  EXPECT_FALSE(AskHold(""));
}

TEST_F(QuestionsTest, WhatWasTypedBehindTheKeyIsNotAskedAgain) {
  EXPECT_TRUE(AskHold("form 10"));
  EXPECT_EQ(hold_.reason(), "form");
  EXPECT_EQ(hold_.duration().seconds(), 600);
  EXPECT_TRUE(AskHold("photo"));
  EXPECT_EQ(hold_.reason(), "photo");
  EXPECT_FALSE(hold_.has_duration());
  EXPECT_THAT(person_.said, IsEmpty());
}

TEST_F(QuestionsTest, MinutesThatAreNoneAreNotGuessed) {
  for (auto const* const given :
       {"form ten", "form 0", "form -5", "form 1000", "form 10 nowhere"}) {
    EXPECT_FALSE(AskHold(given)) << given;
  }
}

TEST_F(QuestionsTest, ATransferToAServiceWithPlaceAndNote) {
  EXPECT_TRUE(AskTransfer("service consult first bring the blue form"));
  EXPECT_EQ(transfer_.service(), "consult");
  EXPECT_THAT(transfer_.to_counter(), IsEmpty());
  EXPECT_EQ(transfer_.position(), TransferTicketRequest::FIRST);
  EXPECT_EQ(transfer_.note(), "bring the blue form");
  EXPECT_TRUE(AskTransfer("service consult"));
  EXPECT_EQ(transfer_.position(), TransferTicketRequest::BY_ARRIVAL);
}

TEST_F(QuestionsTest, ATransferToACounterOffersTheOpenOnesButOurs) {
  person_.answers = {"2", "4", "3", ""};
  EXPECT_TRUE(AskTransfer(""));
  EXPECT_EQ(transfer_.to_counter(), "offices/honcho/counters/4");
  EXPECT_EQ(transfer_.position(), TransferTicketRequest::LAST);
  std::vector<std::string> codes;
  for (auto const& choice : CounterChoices(floor_, "2")) {
    codes.push_back(choice.code);
  }
  EXPECT_THAT(codes, ElementsAre("1", "4"));
}

// A place in the list is not taken for the counter that is called so.
TEST_F(QuestionsTest, ACodeGoesBeforeAPlace) {
  person_.answers = {"counter", "1", "", ""};
  EXPECT_TRUE(AskTransfer(""));
  EXPECT_EQ(transfer_.to_counter(), "offices/honcho/counters/1");
}

TEST_F(QuestionsTest, ATransferToAnotherOfficeNeedsAServiceThere) {
  EXPECT_TRUE(AskTransfer("office tobu card_pickup last"));
  EXPECT_EQ(transfer_.to_office(), "offices/tobu");
  EXPECT_EQ(transfer_.service(), "card_pickup");
  EXPECT_FALSE(AskTransfer("office tobu"));
  EXPECT_FALSE(AskTransfer("elsewhere"));
}

TEST_F(QuestionsTest, AnEditChangesOneThing) {
  EXPECT_TRUE(AskEdit("language en"));
  EXPECT_EQ(edit_.language(), "en");
  EXPECT_FALSE(edit_.has_note());
  EXPECT_TRUE(AskEdit("service consult"));
  EXPECT_EQ(edit_.service(), "consult");
  EXPECT_TRUE(AskEdit("note needs the long form"));
  EXPECT_EQ(edit_.note(), "needs the long form");
  EXPECT_TRUE(AskEdit("note -"));
  EXPECT_TRUE(edit_.has_note());
  EXPECT_THAT(edit_.note(), IsEmpty());
  EXPECT_FALSE(AskEdit("language fr"));
  person_.answers = {"note", ""};
  EXPECT_FALSE(AskEdit(""));
}

}  // namespace
}  // namespace madoguchi::counter_terminal
