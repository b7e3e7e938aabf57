#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_PROJECTION_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_PROJECTION_H

#include "services/office/office.h"
#include "services/ticketing/domain/event.h"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// A number called to a counter, as the hall sees it.
struct CallView {
  /// Of the call or of its last recall; 0 if there was none or it is no longer
  /// listed.
  std::int64_t sequence = 0;
  std::string number;
  ServiceId service;
  CounterId counter;
  Timestamp call_time;
  int recalls = 0;
  TicketState state = TicketState::kCalled;
  std::string language;
  bool pickup = false;

  friend bool operator==(CallView const&, CallView const&) = default;
};

/// A counter as the hall sees it.
struct CounterView {
  CounterId counter;
  bool open = false;
  /// The number there; empty when free.
  std::string number;
  bool paused = false;

  friend bool operator==(CounterView const&, CounterView const&) = default;
};

/// A service as the hall sees it.
struct ServiceView {
  ServiceId service;
  /// Without those whom staff have sent to one counter.
  std::int64_t waiting = 0;

  friend bool operator==(ServiceView const&, ServiceView const&) = default;
};

/// Everything the hall sees.
struct HallPicture {
  /// The last event folded in; 0 if none.
  std::int64_t sequence = 0;
  /// The last calls, the newest first: the last `kCallsShown`, and those of the
  /// last `kCallsRemembered`, at most `kCallsHeld`.
  std::vector<CallView> calls;
  /// Called and did not come, the newest first.
  std::vector<std::string> missed;
  /// In the order of the settings.
  std::vector<CounterView> counters;
  std::vector<ServiceView> services;

  friend bool operator==(HallPicture const&, HallPicture const&) = default;
};

/// What one event changes in the picture.
struct PictureChange {
  std::int64_t sequence = 0;
  EventKind kind = EventKind::kDayOpened;
  /// For kinds that concern a number.
  std::optional<CallView> call;
  /// For kinds that concern a counter.
  std::optional<CounterView> counter;
  /// Of which services another number waits: none, one, or two.
  std::vector<ServiceView> services;
};

inline constexpr std::size_t kCallsShown = 12;
inline constexpr std::chrono::minutes kCallsRemembered{3};
/// A hall of 100 counters calls fewer in three minutes. Bounds what an event
/// costs to fold in.
inline constexpr std::size_t kCallsHeld = 256;

/// What the hall sees of an office, folded from its log: numbers, services,
/// counters, states and times; no staff, reasons or ticket ids.
///
/// A pure function of the events applied. Not thread safe.
class OfficeProjection {
 public:
  /// `office` must outlive the projection.
  explicit OfficeProjection(Office const& office);

  /// Folds the next event of the log in. Events must come in order; one that
  /// was applied before is ignored and answers nothing.
  std::optional<PictureChange> Apply(Event const& event);

  /// The picture at office time `now`, on which the calls listed depend.
  HallPicture Picture(Timestamp now) const;

 private:
  struct Called {
    TicketId ticket;
    CallView view;
  };

  void Clear();
  CallView* FindCall(TicketId const& ticket);
  void ForgetCall(TicketId const& ticket);
  void CountWaiting(QueueId const& queue, int delta, PictureChange& change);
  std::optional<CallView> ApplyTicket(Event const& event);
  void ForgetOldCalls(Timestamp now);

  Office const& office_;
  std::int64_t sequence_ = 0;
  /// The newest first.
  std::deque<Called> calls_;
  std::deque<std::pair<TicketId, std::string>> missed_;
  std::map<CounterId, CounterView> counters_;
  std::map<ServiceId, std::int64_t> waiting_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_PROJECTION_H
