import type {
  KioskUpdate,
  KioskUpdate_Hindrance as Hindrance,
  Press,
  StaffCorner,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import type { Advice } from "../gen/madoguchi/renewal/v1/renewal_pb";
import type { Refusal } from "../shared/refusal";
import type { Liveness } from "../shared/stream_watch";
import type { Language } from "../shared/texts";
import { noTap, type TapMemory } from "./tap_guard";
import type { Given, Question } from "./triage";

/** A press that a visitor made and whose answer is awaited. */
export interface PressOrder {
  readonly requestId: string;
  readonly service: string;
  readonly language: Language;
}

/** What staff have the machine do. */
export type StaffStep =
  | { readonly kind: "reprint" }
  | { readonly kind: "paper" }
  | { readonly kind: "outOfOrder"; readonly outOfOrder: boolean }
  | {
      readonly kind: "settle";
      /** The request id of the press that staff looked at. */
      readonly press: string;
      readonly visitorHasIt: boolean;
    };

/** Where the visitor, or staff, is. */
export type Step =
  | { readonly kind: "choose"; readonly page: number }
  /** Questions before a number for a renewal; nothing of them outlives the step. */
  | {
      readonly kind: "triage";
      readonly service: string;
      readonly page: number;
      /** What was answered so far. */
      readonly answers: readonly Given[];
      /** What is on the screen; null before the first question. */
      readonly question: Question | null;
      /** Whether the visitor would rather talk to staff. */
      readonly talk: boolean;
      /** Whether the machine is asked what is next. */
      readonly asks: boolean;
    }
  /** What came of the questions. */
  | {
      readonly kind: "advice";
      readonly service: string;
      readonly page: number;
      readonly answers: readonly Given[];
      readonly talk: boolean;
      readonly advice: Advice;
    }
  | { readonly kind: "confirm"; readonly service: string; readonly page: number }
  | {
      readonly kind: "issuing";
      readonly order: PressOrder;
      /** Whether this page has to ask; else it only watches what another began. */
      readonly asks: boolean;
      /** Whether it takes long enough that the visitor is told to wait. */
      readonly slow: boolean;
    }
  /** The visitor has a number. */
  | { readonly kind: "number"; readonly press: Press }
  /** There is, or may be, a number, and only staff can help. */
  | { readonly kind: "stuck"; readonly press: Press }
  /** There is no number. */
  | { readonly kind: "refused"; readonly refusal: Refusal | null }
  | {
      readonly kind: "key";
      readonly typed: string;
      /** Whether the machine is asked about what was typed. */
      readonly asks: boolean;
      readonly refusal: Refusal | null;
    }
  | {
      readonly kind: "staff";
      readonly key: string;
      readonly corner: StaffCorner;
      /** The step under way; null if none is. */
      readonly taken: StaffStep | null;
      /** How the last step ended. */
      readonly outcome: "none" | "done" | Refusal;
    }
  | { readonly kind: "test"; readonly back: Step & { readonly kind: "staff" } };

export interface KioskState {
  readonly greeting: Language;
  readonly language: Language;
  readonly step: Step;
  /** What the machine said last. */
  readonly update: KioskUpdate | null;
  readonly liveness: Liveness;
  /** When somebody was last seen to be there, or the step began. */
  readonly touchedAt: number;
  /** Seconds until the page goes home; null if it does not. */
  readonly secondsLeft: number | null;
  readonly taps: TapMemory;
  /** The press that staff were needed for, in case it comes out after all. */
  readonly awaited: string;
}

/** After so long without a touch the page goes home, in ms. */
export const idleMs = 60_000;
/** The last part of it is announced. */
export const idleWarningSeconds = 10;
/** How long a number stays. */
export const numberStaysMs = 10_000;
/** How long a message that staff come for stays. */
export const messageStaysMs = 20_000;
/** Longer than any staff key: whoever rests on a digit fills nothing. */
export const longestKey = 16;
/** After so long a visitor is told that the number takes longer. */
export const slowMs = 3_000;

/** How the page begins, greeting visitors in `greeting`. */
export function begin(greeting: Language, now: number): KioskState {
  return {
    greeting,
    language: greeting,
    step: { kind: "choose", page: 0 },
    update: null,
    liveness: { kind: "connecting" },
    touchedAt: now,
    secondsLeft: null,
    taps: noTap,
    awaited: "",
  };
}

/** How long `state` stays without a touch; null for ever. */
export function staysMs({ step, language, greeting }: KioskState): number | null {
  switch (step.kind) {
    case "choose":
      // Nobody has begun anything.
      return step.page === 0 && language === greeting ? null : idleMs;
    case "issuing":
      return null;
    case "number":
      return numberStaysMs;
    case "stuck":
    case "refused":
      return messageStaysMs;
    default:
      return idleMs;
  }
}

/** `state` with the seconds that are left at `now`. */
export function count(state: KioskState, now: number): KioskState {
  const stays = staysMs(state);
  const secondsLeft =
    stays === null
      ? null
      : Math.max(0, Math.ceil((state.touchedAt + stays - now) / 1_000));
  return secondsLeft === state.secondsLeft ? state : { ...state, secondsLeft };
}

/** Goes to `step`, as if somebody had just touched the screen. */
export function go(state: KioskState, step: Step, now: number): KioskState {
  return count({ ...state, step, touchedAt: now }, now);
}

/** Back to the start, greeting whoever comes next. */
export function goHome(state: KioskState, now: number): KioskState {
  return go(
    { ...state, language: state.greeting },
    { kind: "choose", page: 0 },
    now,
  );
}

/** What stands in the way of the next number; `lost` is this page's own. */
export type Obstacle = Hindrance | "lost" | "connecting";

/** Why no number can be taken; 0 if one can. */
export function obstacleOf(state: KioskState): Obstacle {
  if (state.liveness.kind === "lost") return "lost";
  if (state.update === null) return "connecting";
  return state.update.hindrance;
}

/** Whether the visitor is warned that the page is about to go home. */
export function isWarning(state: KioskState): boolean {
  return (
    state.secondsLeft !== null &&
    staysMs(state) === idleMs &&
    state.secondsLeft <= idleWarningSeconds
  );
}
