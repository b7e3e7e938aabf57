import { createClient } from "@connectrpc/connect";
import { createRoot } from "react-dom/client";
import { createAnnouncer } from "../announcer/announcer";
import { DisplayService } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { parseAddress } from "../shared/address";
import "../shared/base.css";
import { readDeviceToken } from "../shared/device_token";
import { makeTransport } from "../shared/transport";
import { Board } from "./board";
import { parseBoardSettings } from "./board_settings";
import { Display } from "./Display";
import { silentVoice } from "./voice";

const address = parseAddress(window.location.search);
const settings = parseBoardSettings(address.rest);
const token = readDeviceToken(window.location, window.history, localStorage);
const board = new Board({
  client: createClient(DisplayService, makeTransport(token)),
  office: address.office,
  settings,
  voice: settings.hasSound
    ? createAnnouncer({ clipBase: "/clips" })
    : silentVoice,
});

const page = document.getElementById("page");
if (page === null) throw new Error("display.html has no element `page`");
createRoot(page).render(<Display board={board} settings={settings} />);
void board.run();
