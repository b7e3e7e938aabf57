import { createClient } from "@connectrpc/connect";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { KioskService } from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { parseAddress } from "../shared/address";
import { makeTransport } from "../shared/transport";
import "../shared/base.css";
import { Kiosk } from "./Kiosk";
import "./kiosk.css";
import type { KioskWorld } from "./useKiosk";

// The machine that serves the page holds the device's token; the page needs none.
const world: KioskWorld = {
  client: createClient(KioskService, makeTransport("")),
  storage: window.sessionStorage,
  clock: () => performance.now(),
  wallClock: () => Date.now(),
};

const page = document.getElementById("page");
if (page !== null) {
  createRoot(page).render(
    <StrictMode>
      <Kiosk world={world} greeting={parseAddress(location.search).language} />
    </StrictMode>,
  );
}
