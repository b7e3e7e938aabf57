import type { Timestamp } from "@bufbuild/protobuf/wkt";
import {
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { isTextId, textOf, type Language, type TextId } from "../shared/texts";

/** Why a visitor goes away from the counter for a while. */
export const holdReasons = [
  "form",
  "pin_search",
  "machine",
  "documents",
] as const;
/** Why a clerk does. */
export const pauseReasons = ["lunch", "break", "meeting", "errand"] as const;
/** Where in the order a transferred visitor waits; the usual place first. */
export const positions = ["arrival", "first", "last"] as const;

/** What `code` means; the code itself if the catalogue does not know it. */
export function nameOf(
  area: "hold_reason" | "pause_reason" | "outcome" | "language",
  code: string,
  language: Language,
): string {
  const id = `${area}.${code}`;
  return isTextId(id) ? textOf(language, id) : code;
}

const stateTexts: Partial<Record<Ticket_State, TextId>> = {
  [Ticket_State.WAITING]: "state_of_ticket.WAITING",
  [Ticket_State.CALLED]: "state_of_ticket.CALLED",
  [Ticket_State.SERVING]: "state_of_ticket.SERVING",
  [Ticket_State.COMPLETED]: "state_of_ticket.COMPLETED",
  [Ticket_State.ABSENT]: "state_of_ticket.ABSENT",
  [Ticket_State.CANCELLED]: "state_of_ticket.CANCELLED",
  [Ticket_State.ON_HOLD]: "state_of_ticket.ON_HOLD",
  [Ticket_State.EXPIRED]: "state_of_ticket.EXPIRED",
  [Ticket_State.MOVED]: "state_of_ticket.MOVED",
};

/** The name of a state; nothing for one that is never sent. */
export function stateText(state: Ticket_State): TextId | undefined {
  return stateTexts[state];
}

/** `2` of `offices/honcho/counters/2`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Whole seconds from `start` to `end`, and not less than none. */
export function secondsBetween(
  start: Timestamp | undefined,
  end: Timestamp | undefined,
): number {
  if (start === undefined || end === undefined) return 0;
  return Math.max(0, Number(end.seconds - start.seconds));
}

/** `04:12`, and `1:04:12` from an hour on. */
export function showClock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return seconds < 3600
    ? `${two(minutes)}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** The same for a reader who counts: `duration` of HTML's <time>. */
export function htmlDuration(seconds: number): string {
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}

/** When `ticket` came into its state. */
export function sinceWhen(ticket: Ticket): Timestamp | undefined {
  switch (ticket.state) {
    case Ticket_State.CALLED:
      return ticket.callTime;
    case Ticket_State.SERVING:
      return ticket.servingStartTime;
    case Ticket_State.ON_HOLD:
      return ticket.hold?.startTime;
    case Ticket_State.COMPLETED:
    case Ticket_State.ABSENT:
    case Ticket_State.CANCELLED:
    case Ticket_State.EXPIRED:
    case Ticket_State.MOVED:
      return ticket.endTime;
    default:
      return ticket.queueTime ?? ticket.arrivalTime;
  }
}

/** Minutes from when the visitor came, or was sent on, to the call. */
export function waitedMinutes(ticket: Ticket): number {
  const since = ticket.queueTime ?? ticket.arrivalTime;
  return Math.floor(secondsBetween(since, ticket.callTime) / 60);
}

/** `10:42`, where the office is; `10:42:07` with `seconds`. */
export function showTime(
  time: Timestamp | undefined,
  zone: string,
  seconds = false,
): string {
  if (time === undefined || time.seconds === 0n) return "";
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" as const } : {}),
  }).format(new Date(Number(time.seconds) * 1000));
}
