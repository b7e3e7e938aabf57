import type { Ticket } from "../../gen/madoguchi/ticketing/v1/ticket_pb";
import { Ticket_State } from "../../gen/madoguchi/ticketing/v1/ticket_pb";
import {
  Renewal_Issuance_State as IssuanceState,
  Renewal_Parking_Reason as ParkReason,
  Renewal_State as State,
  Renewal_StepRecord_Kind as Kind,
  Step,
  type Renewal,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";
import {
  Upstream_Connector as Connector,
  type Upstream,
} from "../../gen/madoguchi/renewal/v1/upstream_pb";

/** What the terminal knows of renewals. A value: each change makes a new one. */
export interface Board {
  /** Whether renewal answers: without it the counter works as ever. */
  readonly isThere: boolean;
  /** The ticket that `cases` are of; empty without one. */
  readonly ticket: string;
  /** Whether that ticket ended long ago, and the card alone is here. */
  readonly ofCustody: boolean;
  /** In the order of the persons. */
  readonly cases: readonly Renewal[];
  /** The parked ones of the office. */
  readonly parked: readonly Renewal[];
  /** How the national system does; nothing if nobody says. */
  readonly upstream?: Upstream | undefined;
  /** The case whose next wrong try would lock its PIN; empty if none. */
  readonly nearLock: string;
  /** Whether this office keeps cards, as far as is known. */
  readonly offersCustody: boolean;
}

export const emptyBoard: Board = {
  isThere: false,
  ticket: "",
  ofCustody: false,
  cases: [],
  parked: [],
  nearLock: "",
  offersCustody: true,
};

/** Whom a case is for: from 1. */
export const mostPersons = 9;

/** Services whose tickets are for a renewal. */
export function isForRenewal(service: string): boolean {
  return service.startsWith("renew_");
}

function isLive({ state }: Renewal): boolean {
  return state === State.OPEN || state === State.PARKED;
}

/** The case that is worked on: the first that is open. */
export function currentCase(board: Board): Renewal | undefined {
  return board.cases.find(({ state }) => state === State.OPEN);
}

/** Whether nothing of the ticket is left once `renewal` ends. */
export function isLast(board: Board, renewal: Renewal): boolean {
  return board.cases.every((one) => one.name === renewal.name || !isLive(one));
}

/** Whether a case of the ticket has not ended. */
export function hasLive(board: Board): boolean {
  return board.cases.some(isLive);
}

/** The first that was parked and whose visitor has not gone home. */
function parkedCase(board: Board): Renewal | undefined {
  return board.cases.find(
    ({ state, parking }) =>
      state === State.PARKED && parking?.reason !== ParkReason.CUSTODY,
  );
}

/** The next person of a family; nothing if there cannot be one more. */
export function nextPerson(board: Board): number | undefined {
  const next = Math.max(0, ...board.cases.map(({ person }) => person)) + 1;
  return next > mostPersons ? undefined : next;
}

/** What the one key for a case does now. */
export type Move =
  | { readonly kind: "start"; readonly person: number }
  | { readonly kind: "step"; readonly renewal: Renewal; readonly step: Step }
  /** Ask the authority. */
  | { readonly kind: "request"; readonly renewal: Renewal }
  /** Say what came of it. */
  | { readonly kind: "result"; readonly renewal: Renewal }
  /** The authority is being asked: nothing to press. */
  | { readonly kind: "wait"; readonly renewal: Renewal }
  /** Go on with what was parked: its visitor is back at this counter. */
  | { readonly kind: "resume"; readonly renewal: Renewal }
  | {
      readonly kind: "finish";
      readonly renewal: Renewal;
      /** Whether the visit ends with it. */
      readonly completes: boolean;
    };

/** The next lawful press on the case of `ticket`; nothing if there is none. */
export function nextMove(board: Board, ticket: Ticket | undefined): Move | undefined {
  if (!board.isThere) return undefined;
  const isServed =
    ticket?.state === Ticket_State.SERVING && ticket.name === board.ticket;
  if (!isServed && !board.ofCustody) return undefined;
  const renewal = currentCase(board);
  if (renewal !== undefined) return moveOf(board, renewal);
  const parked = parkedCase(board);
  if (isServed && parked !== undefined) return { kind: "resume", renewal: parked };
  return isServed && board.cases.length === 0 && isForRenewal(ticket.service)
    ? { kind: "start", person: 1 }
    : undefined;
}

function moveOf(board: Board, renewal: Renewal): Move {
  const { nextStep, issuance } = renewal;
  if (nextStep === Step.STEP_UNSPECIFIED) {
    // With custody the ticket was completed when the visitor went home.
    const completes = !board.ofCustody && isLast(board, renewal);
    return { kind: "finish", renewal, completes };
  }
  if (nextStep !== Step.ISSUE) return { kind: "step", renewal, step: nextStep };
  const asksItself = board.upstream?.connector === Connector.RPC;
  switch (issuance?.state) {
    case IssuanceState.PLANNED:
      // Nobody sends it any more where staff have come to ask by hand.
      return { kind: asksItself ? "wait" : "request", renewal };
    case IssuanceState.SENT:
      // Where this system asks, it hears the answer too.
      return { kind: asksItself ? "wait" : "result", renewal };
    case IssuanceState.CHECK_AT_TERMINAL:
      return { kind: "result", renewal };
    default:
      return { kind: "request", renewal };
  }
}

/** What else can be done with the case, the usual first. */
export type Deal =
  | "wrong_pin"
  | "reset"
  | "park_visitor"
  | "park_upstream"
  | "park_custody"
  | "another"
  | "abandon";

export function dealsOf(board: Board): Deal[] {
  const renewal = currentCase(board);
  const more = !board.ofCustody && nextPerson(board) !== undefined;
  if (renewal === undefined) return more ? ["another"] : [];
  const entersPin = renewal.nextStep === Step.ENTER_PIN;
  const unclear = isUnclear(renewal);
  return [
    ...(entersPin ? (["wrong_pin"] as const) : []),
    ...(entersPin && knowsPin(renewal) ? (["reset"] as const) : []),
    "park_visitor",
    "park_upstream",
    ...(board.offersCustody ? (["park_custody"] as const) : []),
    ...(more ? (["another"] as const) : []),
    ...(unclear ? [] : (["abandon"] as const)),
  ];
}

/** The authority may have issued, and nobody knows yet. */
export function isUnclear({ issuance }: Renewal): boolean {
  return (
    issuance?.state === IssuanceState.SENT ||
    issuance?.state === IssuanceState.CHECK_AT_TERMINAL
  );
}

/** Whether a PIN is entered that was said to be known, by the holder. */
function knowsPin({ path }: Renewal): boolean {
  return !path.includes(Step.RESET_PIN) && !path.includes(Step.OPEN_ENVELOPE);
}

/** Whether the PIN is that of a reply form: how often it was wrong is no matter. */
export function isPinOfForm({ path }: Renewal): boolean {
  return path.includes(Step.OPEN_ENVELOPE);
}

/** A step on the way, as the screen shows it. */
export interface PathStep {
  readonly step: Step;
  readonly state: "done" | "next" | "later";
}

/** The path of `renewal`: what is done, what is next, what comes. */
export function pathOf(renewal: Renewal): PathStep[] {
  const done = new Set(
    renewal.steps.filter(({ kind }) => kind === Kind.DONE).map(({ step }) => step),
  );
  return renewal.path.map((step) => ({
    step,
    state:
      step === renewal.nextStep ? "next" : done.has(step) ? "done" : "later",
  }));
}

/** The reason of a deal that parks. */
export const reasonOf = {
  park_visitor: ParkReason.VISITOR,
  park_upstream: ParkReason.UPSTREAM,
  park_custody: ParkReason.CUSTODY,
} as const;

/** `board` with `renewal` as the server answered it; never an older one. */
export function withCase(board: Board, renewal: Renewal): Board {
  if (renewal.ticket !== board.ticket) return board;
  const known = board.cases.find(({ name }) => name === renewal.name);
  if (known !== undefined && known.version > renewal.version) return board;
  const others = board.cases.filter(({ name }) => name !== renewal.name);
  const cases = [...others, renewal].sort((a, b) => a.person - b.person);
  return { ...board, cases };
}

/** What the visitor of a parked case was given: `…-00012-1` of its name. */
export function receiptOf({ name }: Renewal): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
