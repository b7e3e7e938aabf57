import "../shared/base.css";
import "./counter.css";
import { createClient } from "@connectrpc/connect";
import { createRoot } from "react-dom/client";
import { RenewalService } from "../gen/madoguchi/renewal/v1/renewal_service_pb";
import { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import { DisplayService } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { parseAddress } from "../shared/address";
import { readDeviceToken } from "../shared/device_token";
import { makeTransport } from "../shared/transport";
import { CounterApp } from "./CounterApp";

const transport = makeTransport(
  readDeviceToken(location, history, localStorage),
);
const page = document.getElementById("page");
if (page === null) throw new Error("counter.html has no #page");
createRoot(page).render(
  <CounterApp
    house={{
      address: parseAddress(location.search),
      calls: createClient(CounterService, transport),
      cases: createClient(RenewalService, transport),
      display: createClient(DisplayService, transport),
      storage: sessionStorage,
      remember: (parameter, value) => {
        const address = new URL(location.href);
        address.searchParams.set(parameter, value);
        history.replaceState(null, "", address);
      },
    }}
  />,
);
