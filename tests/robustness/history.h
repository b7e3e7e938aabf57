#ifndef MADOGUCHI_TESTS_ROBUSTNESS_HISTORY_H
#define MADOGUCHI_TESTS_ROBUSTNESS_HISTORY_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/counter.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a run did and saw, as plain data: the checker judges nothing else.
namespace madoguchi::robustness {

/// Nanoseconds of the machine's steady clock.
using Moment = std::int64_t;
inline constexpr Moment kNever = std::numeric_limits<Moment>::max();
Moment NowMoment();

enum class Command {
  kOpenCounter,
  kCloseCounter,
  kIssue,
  kCallNext,
  kRecall,
  kStartServing,
  kComplete,
  kMarkAbsent,
  kReturn,
  kCancel,
  kCallTicket,
  kServeVisitor,
  kHold,
  kResumeServing,
  kEndHold,
  /// To another service or counter.
  kTransfer,
  /// To another office.
  kMove,
  kDesignate,
  kSetAssist,
  kEdit,
  kUndo,
  kPause,
  /// Of a pause or paperwork.
  kResumeCounter,
};
std::string_view NameOf(Command command);

/// The kind of event that `command` leaves in the log when it does something;
/// a finish with further services leaves another, see `Leaves`.
ticketing::EventKind EventOf(Command command);

/// Whether an event of `kind` can be what `command` did.
bool Leaves(Command command, ticketing::EventKind kind);

/// Where in the order of a queue a transferred ticket waits.
enum class Position { kByArrival, kFirst, kLast };

/// What a device asks. Members that a command does not need are empty.
struct Press {
  Command command = Command::kIssue;
  std::string request;
  std::string service;
  std::string counter;
  std::int64_t session = 0;
  std::string ticket;
  std::int64_t version = 0;
  std::string link_token;
  /// Of an issue: what is to be done after `service` on the same number.
  std::vector<std::string> next_services;
  /// Where a ticket is sent.
  std::string to_counter;
  std::string to_office;
  Position position = Position::kByArrival;
  /// How long a hold may last, in office time.
  std::chrono::seconds duration{0};
  /// Of a finish: paperwork follows. Of a hold: it waits for this counter alone
  /// afterwards. Of assistance: whether it is needed.
  bool flag = false;

  friend bool operator==(Press const&, Press const&) = default;
};

/// A ticket as an answer, an event or a list shows it.
struct TicketFacts {
  std::string id;
  std::string number;
  std::string service;
  ticketing::TicketState state = ticketing::TicketState::kWaiting;
  std::string counter;
  std::int64_t version = 0;

  friend bool operator==(TicketFacts const&, TicketFacts const&) = default;
};

/// How a press ended, as far as the device knows.
enum class Verdict {
  /// Acknowledged: done, now or by an earlier copy.
  kDone,
  /// Refused: nothing was changed by this copy.
  kRefused,
  /// Nobody knows: done once, or not at all.
  kUnknown,
};

struct Answer {
  Verdict verdict = Verdict::kUnknown;
  /// Why refused or unknown; of a call, the code of its reason.
  std::string reason;
  std::optional<TicketFacts> ticket;
  /// At the other office, of a move.
  std::optional<TicketFacts> arrived;
  std::int64_t session = 0;
  std::string link_token;
  /// Everything answered, in one line: what a repeat must answer again.
  std::string text;
};

/// Whether a number was refused because the store is short of room.
bool IsWithoutRoom(Answer const& answer);

/// One press as it went. A repeat is another operation of the same request.
struct Operation {
  Press press;
  Moment invoked = 0;
  Moment returned = kNever;
  Answer answer;
};

/// Milliseconds of office time since 1970.
using OfficeMs = std::int64_t;

/// A counter as an event shows it.
struct CounterFacts {
  bool open = true;
  ticketing::CounterActivity activity = ticketing::CounterActivity::kReady;
  std::int64_t version = 0;
};

/// One entry of the office's log, read after the run.
struct LogEntry {
  std::int64_t sequence = 0;
  ticketing::EventKind kind = ticketing::EventKind::kDayOpened;
  std::optional<TicketFacts> ticket;
  std::int64_t rank = 0;
  std::string counter;
  std::int64_t session = 0;
  OfficeMs time = 0;
  /// `yyyymmdd`.
  std::int64_t day = 0;
  std::string reason;
  /// Where the ticket waits, or waited last; empty for its service's own queue.
  std::string queue;
  /// Of a ticket on hold: when it waits again by itself.
  OfficeMs hold_deadline = 0;
  std::vector<std::string> next_services;
  /// Of a ticket that came from another office: `offices/O/tickets/T`.
  std::string moved_from;
  /// Set if the event changed a counter.
  std::optional<CounterFacts> counter_state;
};

/// The queue that the ticket of `entry` waits in, or waited in last.
std::string QueueOf(LogEntry const& entry);

/// The service of a queue; empty for those sent to one counter (`@5`).
std::string ServiceOfQueue(std::string const& queue);

/// Whether nobody pressed for `entry`: its time had come, a day ended, or
/// something else that was pressed brought it about.
bool IsOfItself(LogEntry const& entry);

/// What a display tells of an event.
enum class Shown {
  /// Only how many wait has changed, if anything.
  kWaiting,
  kCalled,
  kRecalled,
  kServing,
  kCompleted,
  kAbsent,
  kReturned,
  kCounterOpened,
  kCounterClosed,
  kDayOpened,
  kLeft,
  kCorrected,
  kCounterChanged,
};

/// What a display is to tell of an event of `kind`.
Shown ShownOf(ticketing::EventKind kind);

/// A call as a display shows it.
struct ShownCall {
  std::int64_t sequence = 0;
  std::string number;
  std::string counter;
};

/// One update of a stream.
struct Heard {
  std::int64_t sequence = 0;
  enum class What {
    kSnapshot,
    kEvent,
    /// Only how many wait has changed.
    kWaiting,
    kHeartbeat,
  } what = What::kHeartbeat;
  /// Of a snapshot.
  bool reset = false;
  std::vector<ShownCall> calls;
  /// Of an event: what a follower of the log was told, or a display.
  ticketing::EventKind kind = ticketing::EventKind::kDayOpened;
  Shown shown = Shown::kDayOpened;
  ShownCall call;
  /// How many wait for the services for which that was told.
  std::map<std::string, std::int64_t> waiting;
};

/// Everything that one watcher was told, in order.
struct Watch {
  std::string name;
  std::vector<Heard> heard;
  /// A display is told how many wait, but not of each number issued or given
  /// back; a follower of the log is told of each, but no counts.
  enum class View { kDisplay, kLog } view = View::kDisplay;
};

/// A whole run.
struct Record {
  std::vector<Operation> operations;
  std::vector<Watch> watches;
  std::vector<LogEntry> log;
  /// The store's tickets at the end, if they were read.
  std::optional<std::vector<TicketFacts>> tickets;
};

/// Collects operations from many threads. Thread safe.
class History {
 public:
  void Add(Operation operation) ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until `count` operations were acknowledged; false after `timeout`.
  bool WaitForAcknowledged(std::int64_t count,
                           std::chrono::milliseconds timeout)
      ABSL_LOCKS_EXCLUDED(mu_);

  std::int64_t acknowledged() const ABSL_LOCKS_EXCLUDED(mu_);
  std::vector<Operation> Operations() const ABSL_LOCKS_EXCLUDED(mu_);

 private:
  mutable Mutex mu_;
  std::condition_variable_any grown_;
  std::vector<Operation> operations_ ABSL_GUARDED_BY(mu_);
  std::int64_t acknowledged_ ABSL_GUARDED_BY(mu_) = 0;
};

/// Writes a record, a line for each operation, log entry and update heard, to
/// look at after a failure. Returns whether the file could be written.
bool WriteRecord(Record const& record, std::string const& path);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_HISTORY_H
