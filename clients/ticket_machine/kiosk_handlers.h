#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_HANDLERS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_HANDLERS_H

#include "clients/ticket_machine/kiosk_feed.h"
#include "clients/ticket_machine/kiosk_update.h"
#include "clients/ticket_machine/office_board.h"
#include "clients/ticket_machine/press_desk.h"
#include "clients/ticket_machine/staff_door.h"
#include "clients/ticket_machine/triage_line.h"
#include "madoguchi/kiosk/v1/kiosk_service.grpc.pb.h"
#include "absl/status/status.h"
#include <functional>
#include <string>

namespace madoguchi::ticket_machine {

/// Translates between the page and the machine; decides nothing. Thread safe.
class KioskHandlers : public kiosk::v1::KioskService::CallbackService {
 public:
  /// None of it is owned; all of it must outlive the handlers.
  struct Parts {
    /// `offices/{office}`.
    std::string office;
    KioskPlace const& place;
    PressDesk& desk;
    KioskFeed& feed;
    StaffDoor& door;
    OfficeBoard& board;
    TriageLine& triage;
    /// How everything is now.
    std::function<KioskMoment()> moment;
  };

  explicit KioskHandlers(Parts parts) : parts_(std::move(parts)) {}

  grpc::ServerWriteReactor<kiosk::v1::KioskUpdate>* WatchKiosk(
      grpc::CallbackServerContext* context,
      kiosk::v1::WatchKioskRequest const* request) override;
  grpc::ServerUnaryReactor* Triage(
      grpc::CallbackServerContext* context,
      kiosk::v1::TriageRequest const* request,
      kiosk::v1::TriageResponse* response) override;
  grpc::ServerUnaryReactor* IssueNumber(
      grpc::CallbackServerContext* context,
      kiosk::v1::IssueNumberRequest const* request,
      kiosk::v1::IssueNumberResponse* response) override;
  grpc::ServerUnaryReactor* EnterStaffCorner(
      grpc::CallbackServerContext* context,
      kiosk::v1::EnterStaffCornerRequest const* request,
      kiosk::v1::EnterStaffCornerResponse* response) override;
  grpc::ServerUnaryReactor* LeaveStaffCorner(
      grpc::CallbackServerContext* context,
      kiosk::v1::LeaveStaffCornerRequest const* request,
      kiosk::v1::LeaveStaffCornerResponse* response) override;
  grpc::ServerUnaryReactor* ReprintLast(
      grpc::CallbackServerContext* context,
      kiosk::v1::ReprintLastRequest const* request,
      kiosk::v1::ReprintLastResponse* response) override;
  grpc::ServerUnaryReactor* ChangePaper(
      grpc::CallbackServerContext* context,
      kiosk::v1::ChangePaperRequest const* request,
      kiosk::v1::ChangePaperResponse* response) override;
  grpc::ServerUnaryReactor* SettlePrinting(
      grpc::CallbackServerContext* context,
      kiosk::v1::SettlePrintingRequest const* request,
      kiosk::v1::SettlePrintingResponse* response) override;
  grpc::ServerUnaryReactor* SetOutOfOrder(
      grpc::CallbackServerContext* context,
      kiosk::v1::SetOutOfOrderRequest const* request,
      kiosk::v1::SetOutOfOrderResponse* response) override;

 private:
  /// Lets staff in and has `step` done by the desk; then shows them the corner.
  template <typename Request, typename Response, typename Step>
  grpc::ServerUnaryReactor* TakeStaffStep(char const* name,
                                          grpc::CallbackServerContext* context,
                                          Request const& request,
                                          Response* response, Step step);
  absl::Status Enter(std::string const& staff_key);
  absl::StatusOr<Order> ReadOrder(
      kiosk::v1::IssueNumberRequest const& request) const;
  kiosk::v1::StaffCorner Corner() const;

  Parts const parts_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_HANDLERS_H
