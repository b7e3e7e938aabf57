#include "clients/counter_terminal/case_answers.h"
#include <algorithm>
#include <array>
#include <iterator>

namespace madoguchi::counter_terminal {

using renewal::v1::Answers;

namespace {

using Names = std::vector<std::string>;

// In the order of the form; of each row the values of the proto in the order of
// its choices, from the first.
Names const& AllRows() {
  static auto const& rows =
      *new Names{"who", "holder",     "card",      "card_standing", "cert",
                 "pin", "reply_form", "authority", "photo_id",      "special"};
  return rows;
}

Names const& ChoicesOf(std::string const& row) {
  static auto const& choices = *new std::map<std::string, Names>{
      {"who", {"self", "stat", "vol"}},
      {"holder", {"adult", "teen", "child", "ward"}},
      {"card", {"here", "at_home", "lost"}},
      {"card_standing", {"valid", "soon", "expired"}},
      // Not in the order of the proto: the usual comes first.
      {"cert", {"in_window", "expired", "not_yet", "revoked", "none"}},
      {"pin", {"known", "forgotten", "locked", "no_pin"}},
      {"reply_form", {"sealed", "not_sealed", "missing"}},
      {"authority", {"yes", "no"}},
      {"photo_id", {"yes", "no"}},
      // What sends a visitor elsewhere first, and is seldom.
      {"special",
       {"nothing", "other_city", "stay_ending", "face_old", "signing_wish"}}};
  return choices.at(row);
}

// The value of a proto's enum for the choice at its place; 0 is "not answered".
template <typename Value>
Value ValueOf(std::string const& row, std::string const& choice) {
  auto const& choices = ChoicesOf(row);
  auto const at = std::find(choices.begin(), choices.end(), choice);
  return static_cast<Value>(std::distance(choices.begin(), at) + 1);
}

Answers::CertStanding CertOf(std::string const& choice) {
  if (choice == "in_window") return Answers::IN_WINDOW;
  if (choice == "expired") return Answers::EXPIRED;
  if (choice == "not_yet") return Answers::NOT_YET;
  if (choice == "revoked") return Answers::REVOKED;
  return Answers::NONE;
}

Answers::YesNo YesIf(bool yes) { return yes ? Answers::YES : Answers::NO; }

}  // namespace

CaseDraft::CaseDraft(std::string_view service) {
  for (auto const& row : AllRows()) choices_[row] = ChoicesOf(row).front();
  if (service == "renew_proxy") choices_["who"] = "vol";
  if (service == "renew_pin_reset") choices_["pin"] = "forgotten";
}

std::string const& CaseDraft::ChoiceOf(std::string const& row) const {
  return choices_.at(row);
}

Names CaseDraft::Rows() const {
  auto const& who = ChoiceOf("who");
  Names rows;
  for (auto const& row : AllRows()) {
    bool const matters = row == "holder"       ? who != "vol"
                         : row == "reply_form" ? who == "vol"
                         : row == "authority"  ? who == "stat"
                         : row == "photo_id"   ? who != "self"
                                               : true;
    if (matters) rows.push_back(row);
  }
  return rows;
}

void CaseDraft::Turn(std::size_t place) {
  auto const rows = Rows();
  if (place >= rows.size()) return;
  auto const& row = rows[place];
  auto const& choices = ChoicesOf(row);
  auto const at = std::find(choices.begin(), choices.end(), choices_[row]);
  auto const next =
      std::next(at) == choices.end() ? choices.begin() : std::next(at);
  choices_[row] = *next;
  // A representative comes for somebody who needs one.
  if (row == "who" && *next == "stat" && choices_["holder"] == "adult") {
    choices_["holder"] = "child";
  }
}

Answers CaseDraft::ToProto() const {
  Answers answers;
  for (auto const& row : Rows()) {
    auto const& choice = ChoiceOf(row);
    if (row == "who") answers.set_who(ValueOf<Answers::Who>(row, choice));
    if (row == "holder") {
      answers.set_holder(ValueOf<Answers::Holder>(row, choice));
    }
    if (row == "card") answers.set_card(ValueOf<Answers::Card>(row, choice));
    if (row == "card_standing") {
      answers.set_card_standing(ValueOf<Answers::CardStanding>(row, choice));
    }
    if (row == "cert") {
      answers.set_signing_cert(CertOf(choice));
      // Moving takes the signing certificate alone.
      answers.set_user_cert(CertOf(choice == "revoked" ? "in_window" : choice));
    }
    if (row == "pin") answers.set_pin(ValueOf<Answers::Pin>(row, choice));
    if (row == "reply_form") {
      answers.set_reply_form(ValueOf<Answers::ReplyForm>(row, choice));
    }
    if (row == "authority") answers.set_authority(YesIf(choice == "yes"));
    if (row == "photo_id") answers.set_photo_id(YesIf(choice == "yes"));
  }
  auto const& special = ChoiceOf("special");
  answers.set_signing_wish(YesIf(special == "signing_wish"));
  answers.set_registered_here(YesIf(special != "other_city"));
  answers.set_stay_ending(YesIf(special == "stay_ending"));
  answers.set_card_face_current(YesIf(special != "face_old"));
  return answers;
}

}  // namespace madoguchi::counter_terminal
