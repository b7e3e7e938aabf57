import type { TextId } from "../shared/texts";

/** A screen that the start page leads to. */
export interface Screen {
  readonly id: "display" | "counter" | "kiosk";
  readonly name: TextId;
  readonly purpose: TextId;
}

export const screens: readonly Screen[] = [
  { id: "display", name: "start.display", purpose: "start.display_purpose" },
  { id: "counter", name: "start.counter", purpose: "start.counter_purpose" },
  { id: "kiosk", name: "start.kiosk", purpose: "start.kiosk_purpose" },
];

/** The kiosk is served by its ticket machine, so many ports further. */
const kioskPortDistance = 5;

/** Of `http:`, when an address names no port. */
const usualPort = 80;

/**
 * The address of a screen, seen from the start page at `here`.
 *
 * On this machine each screen has a host name of its own: browsers allow six
 * connections to each, and a screen's stream keeps one. From another machine
 * such names do not exist, so there the path says which screen.
 */
export function addressOf(id: Screen["id"], here: URL): string {
  const address = new URL("/", here);
  const local =
    ["localhost", "127.0.0.1", "[::1]"].includes(here.hostname) ||
    here.hostname.endsWith(".localhost");
  if (local) address.hostname = `${id}.localhost`;
  else if (id !== "kiosk") address.pathname = `/${id}`;
  if (id === "kiosk") {
    const port = here.port === "" ? usualPort : Number(here.port);
    address.port = String(port + kioskPortDistance);
  }
  const office = here.searchParams.get("office");
  if (office !== null) address.searchParams.set("office", office);
  return address.href;
}
