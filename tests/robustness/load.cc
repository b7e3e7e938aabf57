#include "tests/robustness/load.h"
#include <algorithm>
#include <cstdio>
#include <random>
#include <utility>

namespace madoguchi::robustness {
namespace {

// One number in so many is of the series that begins again all the time.
constexpr int kShortSeriesShare = 40;

// How long anyone waits without news before looking again.
constexpr std::chrono::milliseconds kLookAgain{20};

}  // namespace

// Somebody who presses buttons, and chooses by a seed of their own.
class Load::Person {
 public:
  Person(Load& load, int number)
      : load_(load), random_(load.options_.seed * 1'000 + number) {}

 protected:
  bool Chance(int percent) {
    return std::uniform_int_distribution(0, 99)(random_) < percent;
  }
  int Pick(int count) {
    return std::uniform_int_distribution(0, count - 1)(random_);
  }

  // A UUID that the seed gives.
  std::string NewRequest() {
    std::uint64_t const high = random_();
    std::uint64_t const low = random_();
    char text[37];
    std::snprintf(text, sizeof text, "%08llx-%04llx-4%03llx-8%03llx-%012llx",
                  static_cast<unsigned long long>(high >> 32),
                  static_cast<unsigned long long>(high >> 16 & 0xffff),
                  static_cast<unsigned long long>(high & 0xfff),
                  static_cast<unsigned long long>(low >> 52),
                  static_cast<unsigned long long>(low & 0xffffffffffff));
    return text;
  }

  // A press as the options have it: once or twice, hastily, again. Unknown only
  // if the person does not want to know, or has to leave.
  Answer Do(Press press) {
    press.request = NewRequest();
    auto& usual = Chance(50) ? load_.senders_.one : load_.senders_.other;
    Answer answer;
    if (Chance(load_.options_.hasty)) {
      answer = SendOnce(load_.senders_.hasty, press);
      if (answer.verdict == Verdict::kUnknown && Chance(50)) return answer;
    } else if (Chance(load_.options_.twice)) {
      answer = SendTwice(press);
    } else {
      answer = SendOnce(usual, press);
    }
    while (answer.verdict == Verdict::kUnknown && !load_.Left()) {
      answer = SendOnce(usual, press);
    }
    if (answer.verdict == Verdict::kDone && Chance(load_.options_.again)) {
      SendOnce(usual, press);
    }
    return answer;
  }

  // The same, but never given up: for presses that others wait for.
  Answer DoForSure(Press press) {
    press.request = NewRequest();
    Answer answer;
    do {
      answer = SendOnce(load_.senders_.one, press);
    } while (answer.verdict == Verdict::kUnknown && !load_.Left());
    return answer;
  }

  Load& load_;

 private:
  Answer SendOnce(Sender& sender, Press const& press) {
    Operation operation;
    operation.press = press;
    operation.invoked = NowMoment();
    operation.answer = sender.Send(press);
    if (operation.answer.verdict != Verdict::kUnknown) {
      operation.returned = NowMoment();
    }
    load_.history_.Add(operation);
    return operation.answer;
  }

  // Both copies are under way at once.
  Answer SendTwice(Press const& press) {
    Answer second;
    std::thread copy([&] { second = SendOnce(load_.senders_.other, press); });
    auto const first = SendOnce(load_.senders_.one, press);
    copy.join();
    return first.verdict == Verdict::kDone ? first : second;
  }

  std::mt19937_64 random_;
};

class Load::TicketMachine : public Person {
 public:
  using Person::Person;

  void Run(bool wait_for_room) {
    while (load_.TakeTurnToIssue(wait_for_room)) {
      Issue();
      if (wait_for_room && !mine_.empty() && Chance(5)) Cancel();
    }
  }

 private:
  void Issue() {
    Press press;
    press.command = Command::kIssue;
    auto const& services = load_.office_.services;
    auto const usual = static_cast<int>(services.size()) - 1;
    auto const chosen = Pick(kShortSeriesShare) == 0 ? usual : Pick(usual);
    press.service = services[static_cast<std::size_t>(chosen)].id.value;
    auto const answer = Do(press);
    if (answer.verdict == Verdict::kDone) {
      mine_.emplace_back(answer.ticket->id, answer.link_token);
    } else {
      load_.Gone();
    }
  }

  // Often too late: then it is refused.
  void Cancel() {
    auto const chosen = mine_.begin() + Pick(static_cast<int>(mine_.size()));
    Press press;
    press.command = Command::kCancel;
    press.ticket = chosen->first;
    press.link_token = chosen->second;
    mine_.erase(chosen);
    auto const answer = Do(press);
    if (answer.verdict == Verdict::kDone) load_.Gone();
  }

  std::vector<std::pair<std::string, std::string>> mine_;
};

class Load::Clerk : public Person {
 public:
  Clerk(Load& load, int number)
      : Person(load, 100 + number),
        counter_(
            load.office_.counters[static_cast<std::size_t>(number)].id.value) {}

  // Opens the counter, or takes it over from a terminal of its own whose last
  // press is unknown or refused: the answer says where the clerk stands.
  std::optional<TicketFacts> Open() {
    Press press;
    press.command = Command::kOpenCounter;
    press.counter = counter_;
    auto const answer = DoForSure(press);
    if (answer.verdict == Verdict::kDone) session_ = answer.session;
    return answer.ticket;
  }

  void Run() {
    auto held = Open();
    while (!load_.Left()) {
      if (held) {
        held = Serve(*held);
        continue;
      }
      LetSomebodyReturn();
      auto const answer = At(Command::kCallNext);
      if (answer.verdict != Verdict::kDone) {
        held = Open();
        if (held) load_.Gone();
      } else if (answer.ticket) {
        load_.Gone();
        held = answer.ticket;
        // A double press with an id of its own must not call a second one.
        if (Chance(5)) At(Command::kCallNext);
      } else if (!load_.MoreToCome()) {
        break;
      }
    }
    Close();
  }

 private:
  Answer At(Command command, TicketFacts const& ticket = {}) {
    Press press;
    press.command = command;
    press.counter = counter_;
    press.session = session_;
    press.ticket = ticket.id;
    press.version = ticket.version;
    return Do(press);
  }

  // One step with the ticket held; what is held then.
  std::optional<TicketFacts> Serve(TicketFacts const& held) {
    auto command = Command::kComplete;
    if (held.state == ticketing::TicketState::kCalled) {
      auto const choice = Pick(100);
      command = choice < 10   ? Command::kRecall
                : choice < 20 ? Command::kMarkAbsent
                              : Command::kStartServing;
    }
    auto const answer = At(command, held);
    if (answer.verdict != Verdict::kDone) return Open();
    switch (command) {
      case Command::kMarkAbsent:
        load_.GoesAway(held.id);
        return std::nullopt;
      case Command::kComplete:
        return std::nullopt;
      default:
        return answer.ticket;
    }
  }

  void LetSomebodyReturn() {
    auto const ticket = load_.TakeAbsent();
    if (ticket.empty()) return;
    Press press;
    press.command = Command::kReturn;
    press.counter = counter_;
    press.session = session_;
    press.ticket = ticket;
    DoForSure(press);
    load_.IsBack();
  }

  void Close() {
    Press press;
    press.command = Command::kCloseCounter;
    press.counter = counter_;
    press.session = session_;
    DoForSure(press);
  }

  std::string const counter_;
  std::int64_t session_ = 0;
};

Load::Load(Office const& office, LoadOptions options, Senders senders,
           History& history)
    : office_(office),
      options_(options),
      senders_(senders),
      history_(history),
      leave_at_(std::chrono::steady_clock::now() + options.limit) {}

Load::~Load() {
  {
    MutexLock lock(mu_);
    stopped_ = true;
    news_.notify_all();
  }
  for (auto& person : people_) {
    if (person.joinable()) person.join();
  }
}

bool Load::Prepare() {
  std::vector<std::thread> machines;
  for (int i = 0; i != options_.ticket_machines; ++i) {
    machines.emplace_back([this, i] {
      TicketMachine(*this, 50 + i).Run(/*wait_for_room=*/false);
    });
  }
  for (auto& machine : machines) machine.join();
  return !Left();
}

void Load::Start() {
  {
    MutexLock lock(mu_);
    machines_ = options_.ticket_machines;
  }
  for (int i = 0; i != options_.ticket_machines; ++i) {
    people_.emplace_back([this, i] {
      TicketMachine(*this, i).Run(/*wait_for_room=*/true);
      MachineLeaves();
    });
  }
  for (int i = 0; i != options_.counters; ++i) {
    people_.emplace_back([this, i] { Clerk(*this, i).Run(); });
  }
}

bool Load::Finish() {
  for (auto& person : people_) person.join();
  people_.clear();
  return !Left();
}

bool Load::Left() const {
  MutexLock lock(mu_);
  return stopped_ || std::chrono::steady_clock::now() > leave_at_;
}

bool Load::TakeTurnToIssue(bool wait) {
  while (!Left()) {
    MutexLock lock(mu_);
    if (issued_ >= options_.tickets) return false;
    if (issued_ - gone_ < options_.waiting) {
      ++issued_;
      return true;
    }
    if (!wait) return false;
    news_.wait_for(mu_, kLookAgain);
  }
  return false;
}

void Load::MachineLeaves() {
  MutexLock lock(mu_);
  --machines_;
  news_.notify_all();
}

void Load::Gone() {
  MutexLock lock(mu_);
  ++gone_;
  news_.notify_all();
}

void Load::GoesAway(std::string const& ticket) {
  MutexLock lock(mu_);
  absent_.push_back(ticket);
  ++away_;
  --gone_;
  news_.notify_all();
}

std::string Load::TakeAbsent() {
  MutexLock lock(mu_);
  if (absent_.empty()) return "";
  auto ticket = std::move(absent_.front());
  absent_.pop_front();
  return ticket;
}

void Load::IsBack() {
  MutexLock lock(mu_);
  --away_;
  news_.notify_all();
}

bool Load::MoreToCome() {
  MutexLock lock(mu_);
  if (machines_ == 0 && away_ == 0) return false;
  news_.wait_for(mu_, kLookAgain);
  return true;
}

}  // namespace madoguchi::robustness
