#ifndef MADOGUCHI_TESTS_ROBUSTNESS_CHECKER_H
#define MADOGUCHI_TESTS_ROBUSTNESS_CHECKER_H

#include "services/office/office.h"
#include "tests/robustness/history.h"
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::robustness {

/// What can be wrong with a run.
enum class Fault {
  /// Two tickets at one counter, or one ticket at two.
  kTwoAtOnce,
  /// Called although it was not waiting.
  kCalledTwice,
  /// A step that the life of a ticket or counter does not have.
  kImpossibleStep,
  /// Someone of the same service who ranked before was still waiting.
  kSkipped,
  /// More visitors of other services went before it than the office allows.
  kOvertaken,
  /// Its place in the order changed without a reason.
  kPlaceChanged,
  /// It happened by itself though its time had not come, or it was not due.
  kNotDue,
  /// Its time came long ago, and it did not happen.
  kNeverFired,
  /// A step was taken back that was not the last, or not made good.
  kUndoneWrongly,
  /// The day ended, and nothing became of the ticket.
  kLeftBehind,
  /// It left one office and did not come to the other, or the other way round,
  /// or twice.
  kHalfMoved,
  /// A number was given out while it was still in use.
  kNumberTwice,
  /// A number was left out that nobody was using, or ranks went backwards.
  kNumberOrder,
  /// A sequence is missing from the log, or there twice.
  kLogGap,
  /// Acknowledged, and not in the log.
  kLost,
  /// In the log, and no request accounts for it: something was done twice.
  kDoneTwice,
  /// Refused at every copy, and done all the same.
  kRefusedButDone,
  /// Two copies of one request were answered differently.
  kTwoAnswers,
  /// Two requests were answered with the same event.
  kSharedAnswer,
  /// Acknowledged before another was asked, yet later in the log.
  kRealTime,
  /// A clerk was told that nobody waits while somebody did.
  kFalseNobody,
  /// The stored tickets are not what the log makes of them.
  kStateDiffers,
  /// A watcher was not told of an event.
  kWatchMissed,
  /// A watcher was told of an event again.
  kWatchRepeated,
  /// A watcher was told what is not in the log.
  kWatchWrong,
};
std::string_view NameOf(Fault fault);

/// One fault found, in words.
struct Violation {
  Fault fault;
  std::string text;
};

/// Checks that the log alone is a lawful history of `office`: each sequence
/// once, each step possible, each call in turn, each number in order.
std::vector<Violation> CheckLog(std::vector<LogEntry> const& log,
                                Office const& office);

/// How many visitors of other services went before whoever was overtaken most,
/// while they waited: a run in which that is less than the office allows proves
/// nothing about the limit.
std::size_t MostOvertakers(std::vector<LogEntry> const& log,
                           Office const& office);

/// Checks the answers of `record` against its log: each request done once or
/// not at all, what was acknowledged there, each repeat answered the same, in
/// the order in which people saw it happen.
///
/// The log does not know request ids. An event is known by its ticket and
/// version, or by its counter and session; one that no answer names must be
/// accounted for by a request whose outcome nobody knows, unless it happened by
/// itself.
std::vector<Violation> CheckRequests(Record const& record,
                                     Office const& office);

/// Checks that each watcher was told of each event once and in order, or, where
/// its stream began anew, of each call by the snapshot's list; to the end of
/// the log.
std::vector<Violation> CheckWatches(Record const& record);

/// Checks what two logs say of those who went from one office to the other:
/// each left once and arrived once, with its place unless it went to the end.
/// `log` is of `office`, `other_log` of `other`.
std::vector<Violation> CheckMoves(std::vector<LogEntry> const& log,
                                  std::string const& office,
                                  std::vector<LogEntry> const& other_log,
                                  std::string const& other);

/// Checks that the tickets at the end are what the log makes of them.
std::vector<Violation> CheckTickets(Record const& record);

/// All of the above but for moves. Pure: the same record gives the same answer.
std::vector<Violation> Check(Record const& record, Office const& office);

/// The violations of one fault.
std::int64_t CountOf(std::vector<Violation> const& violations, Fault fault);

/// A line for each violation, the first `limit` of them.
std::string InWords(std::vector<Violation> const& violations,
                    std::size_t limit);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_CHECKER_H
