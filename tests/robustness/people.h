#ifndef MADOGUCHI_TESTS_ROBUSTNESS_PEOPLE_H
#define MADOGUCHI_TESTS_ROBUSTNESS_PEOPLE_H

#include "tests/robustness/load.h"
#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

// Those of whom a load is made. Only load.cc, and the files that define them,
// need this.
namespace madoguchi::robustness {

/// Somebody who presses buttons, and chooses by a seed of their own.
class Load::Person {
 public:
  Person(Load& load, int number)
      : load_(load), random_(load.options_.seed * 1'000 + number) {}

 protected:
  bool Chance(int percent) { return Pick(100) < percent; }
  /// 0 to `count` - 1.
  int Pick(int count) {
    return std::uniform_int_distribution(0, count - 1)(random_);
  }

  /// Any service of `office` but its last, which has few numbers.
  std::string UsualService(Office const& office) {
    auto const usual = static_cast<int>(office.services.size()) - 1;
    return office.services[static_cast<std::size_t>(Pick(usual))].id.value;
  }

  /// A press as the options have it: once or twice, hastily, again. Unknown
  /// only if the person does not want to know, or has to leave.
  Answer Do(Press press);

  /// The same, but never given up: for presses that others wait for.
  Answer DoForSure(Press press);

  Load& load_;

 private:
  // A UUID that the seed gives.
  std::string NewRequest();
  Answer SendOnce(Sender& sender, Press const& press);
  // Both copies are under way at once.
  Answer SendTwice(Press const& press);

  std::mt19937_64 random_;
};

/// Issues numbers, and gives some back.
class Load::TicketMachine : public Person {
 public:
  using Person::Person;

  void Run(bool wait_for_room);

 private:
  void Issue();
  // Often too late: then it is refused.
  void Cancel();

  std::vector<std::pair<std::string, std::string>> mine_;
};

/// Works at a counter until nobody comes any more.
class Load::Clerk : public Person {
 public:
  Clerk(Load& load, int number);

  void Run();

  /// Whether the counter serves all services: its clerk leaves last, so that
  /// nobody is left whom others have sent on.
  bool serves_all() const { return serves_all_; }

 private:
  using Held = std::optional<TicketFacts>;

  Press At(Command command, TicketFacts const& ticket = {}) const;
  Press At(Command command, Pending const& pending) const;

  // Opens the counter, or takes it over from a terminal of its own whose last
  // press is unknown or refused: the answer says where the clerk stands.
  Held Open();
  void Close();
  // What is held after a press without effect on this clerk's ticket; opens the
  // counter if that is not sure.
  Held AfterDoubt(Answer const& answer);

  // Calls whose turn it is; false if nobody comes any more.
  bool CallNext(Held& held);

  // One step with the ticket held; what is held then.
  Held Serve(TicketFacts const& held);
  Command ChooseStep(TicketFacts const& held);
  void FillIn(Press& press);
  // Sees to what a step led to.
  Held AfterStep(Press const& press, TicketFacts const& after);
  void WrapUp();
  // What the clerk has again, if the step before could be taken back.
  Held TryUndo();

  // What is done between two visits; a ticket if one is held then.
  Held LookAround();
  void LetSomebodyReturn();
  Held LookAfterPending();
  Held EndAbsence(Pending pending);
  Held Meddle();
  Held TakeBreak();

  std::string const counter_;
  bool const serves_all_;
  std::int64_t session_ = 0;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_PEOPLE_H
