#ifndef MADOGUCHI_TESTS_SUPPORT_RENEWAL_REQUESTS_H
#define MADOGUCHI_TESTS_SUPPORT_RENEWAL_REQUESTS_H

#include "clients/sdk/uuid.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include <string>

// What clerks send to renewal, in their usual form.
namespace madoguchi::testing {

/// A holder of age with the card, in the window, everything in order: C-20.
inline renewal::v1::Answers AnswersOfHolder(
    renewal::v1::Answers::Pin pin = renewal::v1::Answers::KNOWN) {
  using renewal::v1::Answers;
  Answers answers;
  answers.set_who(Answers::SELF);
  answers.set_holder(Answers::ADULT);
  answers.set_card(Answers::WITH_ME);
  answers.set_card_standing(Answers::VALID);
  answers.set_signing_cert(Answers::IN_WINDOW);
  answers.set_user_cert(Answers::IN_WINDOW);
  answers.set_pin(pin);
  answers.set_registered_here(Answers::YES);
  answers.set_stay_ending(Answers::NO);
  answers.set_card_face_current(Answers::YES);
  return answers;
}

/// The `person`-th begins on `ticket` at `counter`, both names.
inline renewal::v1::StartRenewalRequest StartOf(
    std::string const& ticket, std::string const& counter,
    renewal::v1::Answers const& answers = AnswersOfHolder(), int person = 1) {
  renewal::v1::StartRenewalRequest start;
  start.set_ticket(ticket);
  start.set_person(person);
  *start.mutable_answers() = answers;
  start.set_counter(counter);
  start.set_staff("hana");
  start.set_request_id(sdk::NewRequestId());
  return start;
}

/// What every press on a case has, at `counter`, a name.
template <typename Request>
Request PressOn(renewal::v1::Renewal const& renewal,
                std::string const& counter) {
  Request request;
  request.set_name(renewal.name());
  request.set_counter(counter);
  request.set_staff("hana");
  request.set_request_id(sdk::NewRequestId());
  request.set_expected_version(renewal.version());
  return request;
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_RENEWAL_REQUESTS_H
