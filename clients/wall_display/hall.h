#ifndef MADOGUCHI_CLIENTS_WALL_DISPLAY_HALL_H
#define MADOGUCHI_CLIENTS_WALL_DISPLAY_HALL_H

#include "services/base/clock.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include <chrono>
#include <deque>
#include <string>
#include <vector>

namespace madoguchi::wall_display {

/// What the hall has been told, folded from the updates of an office.
///
/// A pure function of the updates. Not thread safe.
class Hall {
 public:
  /// A call is told aloud for this long after it was made; later it is only
  /// shown.
  static constexpr std::chrono::minutes kAnnouncedFor{3};
  static constexpr int kCallsKept = 20;

  /// Folds `update` in and returns the calls to announce, the oldest first.
  ///
  /// Each call and each recall is announced once, whatever comes again after a
  /// lost connection. What was called before this display started is not: the
  /// hall has heard it.
  std::vector<ticketing::v1::Call> Apply(
      ticketing::v1::OfficeUpdate const& update);

  /// Whether anything was told yet.
  bool started() const { return started_; }

  /// The last picture with every change since. Calls the newest first.
  ticketing::v1::OfficeSnapshot const& picture() const { return picture_; }

  /// The office's clock at the last update.
  google::protobuf::Timestamp const& office_time() const {
    return office_time_;
  }

  /// What the sign of a counter says; its id if the office has none such.
  ticketing::v1::LocalizedText LabelOf(std::string const& counter) const;

 private:
  void ApplyEvent(ticketing::v1::OfficeEvent const& event);
  void PutCall(ticketing::v1::Call const& call);
  void RemoveCall(std::string const& number);
  /// Notes the state of a number that is shown. Returns whether it is.
  bool SetState(ticketing::v1::Call const& call);
  /// Makes the picture true again after a step was taken back.
  void Correct(ticketing::v1::Call const& call);
  void Miss(std::string const& number);
  void Unmiss(std::string const& number);
  void StartDay();
  /// Whether `call` is to be announced; notes that it was.
  bool Announce(ticketing::v1::Call const& call);

  bool started_ = false;
  ticketing::v1::OfficeSnapshot picture_;
  google::protobuf::Timestamp office_time_;
  /// Those young enough that they could come again.
  std::deque<ticketing::v1::Call> announced_;
};

}  // namespace madoguchi::wall_display

#endif  // MADOGUCHI_CLIENTS_WALL_DISPLAY_HALL_H
