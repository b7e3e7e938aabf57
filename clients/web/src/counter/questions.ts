import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  TransferTicketRequest_Position,
  type EditTicketRequest,
  type HoldTicketRequest,
  type TransferTicketRequest,
} from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  Ticket_State,
  type Counter,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type {
  AnswersSchema,
  Renewal,
} from "../gen/madoguchi/renewal/v1/renewal_pb";
import type {
  RecordStepRequest,
  RecordStepRequest_Event,
  ReportUpstreamRequest_Press,
} from "../gen/madoguchi/renewal/v1/renewal_service_pb";
import type { TextId } from "../shared/texts";
import type { Deal as CaseDeal } from "./cases/board";
import type { Floor } from "./floor";
import type { Sentence } from "./sentence";
import { lastPart, type positions } from "./words";

/** What the clerk is asked before a step is taken. */
export type Question =
  /** Yes or no; no is what happens if nothing is said. */
  | {
      readonly kind: "confirm";
      readonly text: Sentence;
      readonly yes: TextId;
      readonly no: TextId;
    }
  | { readonly kind: "number"; readonly heading: TextId }
  | { readonly kind: "outcome"; readonly number: string }
  | { readonly kind: "hold"; readonly number: string }
  | { readonly kind: "transfer"; readonly number: string }
  | { readonly kind: "edit"; readonly ticket: Ticket }
  | { readonly kind: "visitor" }
  | { readonly kind: "pause" }
  | { readonly kind: "counter"; readonly number: string }
  | {
      readonly kind: "ticket";
      readonly heading: TextId;
      readonly tickets: readonly Ticket[];
    }
  | {
      readonly kind: "deal";
      readonly ticket: Ticket;
      readonly choices: readonly Deal[];
    }
  | { readonly kind: "help" }
  /** What is known of the visitor, before the case of the `person`-th begins. */
  | {
      readonly kind: "case_answers";
      readonly number: string;
      readonly service: string;
      readonly person: number;
    }
  | { readonly kind: "case_deal"; readonly choices: readonly CaseDeal[] }
  /** What the national terminal says. */
  | { readonly kind: "case_result" }
  /** Why, as a code. */
  | { readonly kind: "case_code"; readonly of: keyof typeof caseCodes }
  /** Which PIN was wrong, and the how-manyeth time in a row. */
  | { readonly kind: "wrong_pin" }
  /** Which of the parked cases. */
  | { readonly kind: "case"; readonly cases: readonly Renewal[] }
  | { readonly kind: "upstream" }
  /** What the visitor is to be told: ids of texts. `receipt` may be empty. */
  | {
      readonly kind: "told";
      readonly texts: readonly string[];
      readonly receipt: string;
      /** The visitor's language; empty if nobody stands there. */
      readonly language: string;
    };

/** What each question is answered with. */
export interface Answers {
  confirm: true;
  /** As printed and called. */
  number: string;
  /** A code. */
  outcome: string;
  hold: HoldAnswer;
  transfer: TransferAnswer;
  edit: EditAnswer;
  visitor: { readonly service: string; readonly language: string };
  /** Why: a code. */
  pause: string;
  /** The last part of its name. */
  counter: string;
  ticket: Ticket;
  deal: Deal;
  help: never;
  case_answers: MessageInitShape<typeof AnswersSchema>;
  case_deal: CaseDeal;
  case_result: RecordStepRequest_Event;
  case_code: string;
  wrong_pin: Pick<RecordStepRequest, "pinKind" | "wrongTries">;
  case: Renewal;
  upstream: ReportUpstreamRequest_Press;
  told: never;
}

/** Why a case ends without its outcome; codes, for nobody types words. */
export const caseCodes = {
  refusal: ["card_unreadable", "card_stopped", "register_differs", "other"],
  abandon: ["begun_by_mistake", "visitor_left", "other"],
} as const;

export type HoldAnswer = Pick<HoldTicketRequest, "reason" | "toCounter"> & {
  /** As long as is usual in the office if absent. */
  readonly minutes?: number | undefined;
};
export type TransferAnswer = Pick<
  TransferTicketRequest,
  "service" | "toCounter" | "toOffice" | "position" | "note"
>;
/** What is absent is left as it is. */
export type EditAnswer = Partial<
  Pick<EditTicketRequest, "language" | "note" | "service">
>;

/** What any open counter can do with a ticket that it does not have. */
export type Deal =
  | "resume"
  | "call"
  | "wait"
  | "back"
  | "transfer"
  | "designate"
  | "assist"
  | "edit";

/** What can be done with `ticket`, the usual first. */
export function whatCanBeDone(ticket: Ticket): Deal[] {
  switch (ticket.state) {
    case Ticket_State.ON_HOLD:
      return ["resume", "call", "wait", "transfer", "assist", "edit"];
    case Ticket_State.ABSENT:
      return ["back", "call", "assist", "edit"];
    case Ticket_State.WAITING:
      return ["call", "transfer", "designate", "assist", "edit"];
    case Ticket_State.CALLED:
    case Ticket_State.SERVING:
      return ["assist", "edit"];
    default:
      return [];
  }
}

/** What `deal` is called for `ticket`. */
export function dealText(deal: Deal, ticket: Ticket): TextId {
  switch (deal) {
    case "call":
      return ticket.state === Ticket_State.ON_HOLD
        ? "counter.deal_call_pickup"
        : "counter.deal_call";
    case "resume":
      return "counter.deal_resume";
    case "wait":
    case "back":
      return "counter.deal_wait";
    case "transfer":
      return "command.transfer";
    case "designate":
      return "command.designate";
    case "assist":
      return ticket.assist ? "counter.deal_unassist" : "counter.deal_assist";
    case "edit":
      return "command.edit";
  }
}

/** The open counters of the office but `except`. */
export function openCounters(floor: Floor, except = ""): Counter[] {
  return (floor.lists?.counters ?? []).filter(
    (counter) => counter.open && lastPart(counter.name) !== except,
  );
}

/** An answer, or why what was filled in is none. */
export type Checked<Answer> =
  { readonly answer: Answer } | { readonly refused: TextId };

/** A number as it is printed, of what was typed with or without an input method. */
export function readNumber(typed: string): string {
  return typed.normalize("NFKC").trim().toUpperCase();
}

const mostMinutes = 999;

/** Checks a hold. Nothing typed as minutes means as long as is usual. */
export function checkHold(draft: {
  readonly reason: string;
  readonly minutes: string;
  readonly toCounter: boolean;
}): Checked<HoldAnswer> {
  const { reason, toCounter } = draft;
  if (reason === "") return { refused: "counter.choose_one" };
  const typed = readNumber(draft.minutes);
  if (typed === "") return { answer: { reason, toCounter } };
  const minutes = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  if (minutes < 1 || minutes > mostMinutes)
    return { refused: "counter.not_minutes" };
  return { answer: { reason, toCounter, minutes } };
}

/** What a form for a transfer holds. */
export interface TransferDraft {
  readonly where: "service" | "counter" | "office";
  readonly service: string;
  /** The last parts of their names. */
  readonly counter: string;
  readonly office: string;
  readonly position: (typeof positions)[number];
  readonly note: string;
}

/** Checks a transfer out of `office`, as in `offices/honcho`. */
export function checkTransfer(
  draft: TransferDraft,
  office: string,
): Checked<TransferAnswer> {
  const note = draft.note.trim();
  if (!isNote(note)) return { refused: "reason.NOTE_INVALID" };
  const position = {
    arrival: TransferTicketRequest_Position.BY_ARRIVAL,
    first: TransferTicketRequest_Position.FIRST,
    last: TransferTicketRequest_Position.LAST,
  }[draft.position];
  const answer = { service: "", toCounter: "", toOffice: "", position, note };
  if (draft.where === "counter") {
    if (draft.counter === "") return { refused: "counter.choose_one" };
    return {
      answer: { ...answer, toCounter: `${office}/counters/${draft.counter}` },
    };
  }
  const service = draft.service.trim();
  if (service === "") return { refused: "counter.choose_one" };
  if (draft.where === "service") return { answer: { ...answer, service } };
  const to = draft.office.normalize("NFKC").trim().toLowerCase();
  if (to === "") return { refused: "counter.choose_one" };
  return { answer: { ...answer, service, toOffice: `offices/${to}` } };
}

/** Checks a correction of `ticket`: what differs from it. */
export function checkEdit(
  ticket: Ticket,
  draft: {
    readonly language: string;
    readonly service: string;
    readonly note: string;
  },
): Checked<EditAnswer> {
  const note = draft.note.trim();
  if (!isNote(note)) return { refused: "reason.NOTE_INVALID" };
  const answer: EditAnswer = {};
  if (draft.language !== ticket.language) answer.language = draft.language;
  if (draft.service !== ticket.service) answer.service = draft.service;
  if (note !== ticket.note) answer.note = note;
  if (Object.keys(answer).length === 0)
    return { refused: "counter.nothing_edited" };
  return { answer };
}

/** The longest note, in characters as people count them in the settings. */
export const longestNote = 80;

/** How many characters of a note are used up. */
export function noteLength(note: string): number {
  return [...note].length;
}

/**
 * Whether the server takes `note`: 80 characters, and no number of 11 digits or
 * more, also not one written in groups. The clerk is told before anything is
 * sent: such a number is to stay in the room.
 */
export function isNote(note: string): boolean {
  if (noteLength(note) > longestNote || /[\u0000-\u001f]/.test(note))
    return false;
  const separators = /[ \-.\u3000\u2010\u2212\uff0d\u30fc\u30fb]/g;
  return !/[0-9\uff10-\uff19]{11}/.test(note.replace(separators, ""));
}
