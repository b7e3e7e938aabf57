import type { Timestamp } from "@bufbuild/protobuf/wkt";
import {
  Counter_Activity,
  Ticket_State,
  type Counter,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type { LocalizedText, TextId } from "../shared/texts";
import { commands, type Command } from "./keys";

/** For how long after a step it is offered to be taken back. */
export const undoOfferedMs = 10_000;

/** A step that can still be taken back. */
export interface Undoable {
  readonly step: "absent" | "complete" | "transfer";
  readonly number: string;
  /** Machine time in ms. */
  readonly until: number;
}

/** What the terminal knows of its counter. A value: each step makes a new one. */
export interface Desk {
  /** The last part of its name, such as `2`. */
  readonly counter: string;
  readonly staff: string;
  /** Whether this terminal works at the counter. */
  readonly open: boolean;
  /** Whether another terminal took it away. */
  readonly takenOver: boolean;
  readonly session: bigint;
  /** The ticket at the counter: CALLED or SERVING. */
  readonly ticket?: Ticket | undefined;
  /** Why that ticket was called, in the server's words. */
  readonly reason?: LocalizedText | undefined;
  /** What goes on while it has none. */
  readonly activity: Counter_Activity;
  readonly activityReason: string;
  readonly activityStartTime?: Timestamp | undefined;
  readonly undo?: Undoable | undefined;
}

/** A counter before it is opened here. */
export function closedDesk(counter: string, staff: string): Desk {
  return {
    counter,
    staff,
    open: false,
    takenOver: false,
    session: 0n,
    activity: Counter_Activity.READY,
    activityReason: "",
  };
}

/**
 * Why `command` makes no sense at `desk`; nothing if it does. What is refused
 * here is never sent.
 */
export function refusal(desk: Desk, command: Command): TextId | undefined {
  switch (command) {
    // A supervisor designates from wherever.
    case "designate":
    case "list":
    case "help":
      return undefined;
    case "take_over":
    case "quit":
      if (!desk.open) return undefined;
      break;
    default:
      break;
  }
  if (!desk.open) {
    return desk.takenOver ? "counter.taken_over" : "counter.not_open";
  }
  return refusalAtOpenDesk(desk, command);
}

/** What makes sense at `desk`, in the order of a visit. */
export function lawfulCommands(desk: Desk): Command[] {
  return commands.filter((command) => refusal(desk, command) === undefined);
}

/** The next step of a visit: what the large button does. */
export function nextStep(desk: Desk): Command {
  if (!desk.open) return "take_over";
  if (holds(desk, Ticket_State.CALLED)) return "start";
  if (holds(desk, Ticket_State.SERVING)) return "complete";
  if (desk.activity === Counter_Activity.PAUSED) return "pause";
  return "call_next";
}

/** `desk` with the counter opened here; `ticket` is what it held. */
export function opened(desk: Desk, session: bigint, ticket?: Ticket): Desk {
  const open = { ...letGo(desk), open: true, takenOver: false, session };
  const fresh = { ...open, undo: undefined };
  return ticket === undefined ? fresh : have(fresh, ticket);
}

/** `desk` no longer worked at from here. */
export function lost(desk: Desk, takenOver: boolean): Desk {
  return { ...letGo(desk), open: false, takenOver, undo: undefined };
}

/** `desk` with `ticket` at it. */
export function have(desk: Desk, ticket: Ticket, reason?: LocalizedText): Desk {
  const same = desk.ticket?.name === ticket.name;
  return {
    ...desk,
    ticket,
    reason: reason ?? (same ? desk.reason : undefined),
    activity: Counter_Activity.ACTIVITY_UNSPECIFIED,
    activityReason: "",
    activityStartTime: undefined,
  };
}

/** `desk` without a ticket, and free. */
export function letGo(desk: Desk): Desk {
  return {
    ...desk,
    ticket: undefined,
    reason: undefined,
    activity: Counter_Activity.READY,
    activityReason: "",
    activityStartTime: undefined,
  };
}

/**
 * `desk` as `counter`, which the server answered, says that it is. The ticket
 * never goes back to an earlier version of itself.
 */
export function adopt(desk: Desk, counter: Counter): Desk {
  if (!desk.open) return desk;
  if (!counter.open || counter.session !== desk.session) {
    return lost(desk, counter.open);
  }
  const { ticket } = counter;
  const older =
    ticket !== undefined &&
    desk.ticket?.name === ticket.name &&
    desk.ticket.version > ticket.version;
  const held = older ? desk.ticket : ticket;
  return {
    ...desk,
    ticket: held,
    reason: held?.name === desk.ticket?.name ? desk.reason : undefined,
    activity: counter.activity,
    activityReason: counter.activityReason,
    activityStartTime: counter.activityStartTime,
  };
}

/** `desk` without an offer to undo that has run out. */
export function withoutOldOffer(desk: Desk, nowMs: number): Desk {
  return desk.undo !== undefined && nowMs >= desk.undo.until
    ? { ...desk, undo: undefined }
    : desk;
}

function holds(desk: Desk, state: Ticket_State): boolean {
  return desk.ticket?.state === state;
}

/** The sentence for a step that needs a ticket in `needed`. */
function needsTicket(desk: Desk, needed: Ticket_State): TextId | undefined {
  if (holds(desk, needed)) return undefined;
  if (desk.ticket === undefined) return "counter.no_ticket";
  return needed === Ticket_State.CALLED
    ? "counter.already_serving"
    : "counter.not_yet_serving";
}

/** The sentence for a step that needs a counter without a ticket. */
function needsFree(desk: Desk): TextId | undefined {
  if (holds(desk, Ticket_State.CALLED)) return "counter.finish_called";
  if (desk.ticket !== undefined) return "counter.finish_serving";
  if (desk.activity === Counter_Activity.PAUSED) return "counter.paused_now";
  return undefined;
}

function refusalAtOpenDesk(desk: Desk, command: Command): TextId | undefined {
  switch (command) {
    case "call_next":
    case "serve_visitor":
      return needsFree(desk);
    case "recall":
    case "start":
    case "absent":
      return needsTicket(desk, Ticket_State.CALLED);
    case "wrap_up":
      if (
        desk.ticket === undefined &&
        desk.activity === Counter_Activity.WRAP_UP
      ) {
        return undefined;
      }
      return needsTicket(desk, Ticket_State.SERVING);
    case "case":
    case "case_other":
    case "complete":
    case "outcome":
    case "complete_as":
    case "hold":
      return needsTicket(desk, Ticket_State.SERVING);
    case "pause":
      return desk.ticket === undefined
        ? undefined
        : "counter.finish_before_pause";
    case "undo":
      return desk.undo === undefined ? "counter.nothing_to_undo" : undefined;
    case "take_over":
      return "counter.already_yours";
    case "quit":
      return desk.ticket === undefined
        ? undefined
        : "counter.finish_before_closing";
    default:
      return undefined;
  }
}
