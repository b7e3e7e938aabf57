import { create } from "@bufbuild/protobuf";
import {
  KioskUpdate_Hindrance as Hindrance,
  Press_State as PressState,
  PressSchema,
  type KioskUpdate,
  type Press,
  type StaffCorner,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { isOutcomeUnknown, type Refusal } from "../shared/refusal";
import type { Advice } from "../gen/madoguchi/renewal/v1/renewal_pb";
import type { Liveness } from "../shared/stream_watch";
import type { Language } from "../shared/texts";
import { noTap, tap, type TapMemory } from "./tap_guard";
import {
  asksBefore,
  canAsk,
  consult,
  servicesAfter,
  type Given,
  type Next,
  type Question,
} from "./triage";

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

/** What a button does; each is a tap. */
export type Button =
  | { readonly kind: "language"; readonly language: Language }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "more" }
  /** One of the choices of the question on the screen. */
  | { readonly kind: "answer"; readonly choice: string }
  | { readonly kind: "talk" }
  /** Takes a number for one of the services of the advice. */
  | {
      readonly kind: "take";
      readonly service: string;
      readonly requestId: string;
    }
  | { readonly kind: "yes"; readonly requestId: string }
  | { readonly kind: "back" }
  | { readonly kind: "home" }
  | { readonly kind: "staffStep"; readonly taken: StaffStep }
  /** Begins and ends the screen test. */
  | { readonly kind: "test" };

/** Everything that happens. `now` is in ms of a clock that only goes forward. */
export type KioskAction =
  | { readonly kind: "update"; readonly update: KioskUpdate; readonly now: number }
  | { readonly kind: "liveness"; readonly liveness: Liveness }
  | { readonly kind: "tick"; readonly now: number }
  /** Somebody touched the screen or a key, wherever. */
  | { readonly kind: "touch"; readonly now: number }
  | { readonly kind: "tap"; readonly button: Button; readonly now: number }
  | { readonly kind: "resume"; readonly order: PressOrder; readonly now: number }
  | {
      readonly kind: "answered";
      readonly requestId: string;
      readonly press: Press;
      readonly now: number;
    }
  | {
      readonly kind: "failed";
      readonly requestId: string;
      readonly refusal: Refusal;
      readonly now: number;
    }
  /** What the machine says to `answers`. */
  | {
      readonly kind: "triaged";
      readonly answers: readonly Given[];
      readonly talk: boolean;
      readonly next: Next;
      readonly now: number;
    }
  | { readonly kind: "openDoor"; readonly now: number }
  /** A digit of the staff key, or null to take the last one back. */
  | { readonly kind: "digit"; readonly digit: string | null }
  | { readonly kind: "enter" }
  | {
      readonly kind: "corner";
      readonly key: string;
      readonly corner: StaffCorner;
      readonly outcome: "none" | "done";
      readonly now: number;
    }
  | { readonly kind: "refreshed"; readonly corner: StaffCorner }
  | { readonly kind: "staffRefused"; readonly refusal: Refusal }
  | { readonly kind: "leave"; readonly now: number };

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
function staysMs({ step, language, greeting }: KioskState): number | null {
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

function count(state: KioskState, now: number): KioskState {
  const stays = staysMs(state);
  const secondsLeft =
    stays === null
      ? null
      : Math.max(0, Math.ceil((state.touchedAt + stays - now) / 1_000));
  return secondsLeft === state.secondsLeft ? state : { ...state, secondsLeft };
}

/** Goes to `step`, as if somebody had just touched the screen. */
function go(state: KioskState, step: Step, now: number): KioskState {
  return count({ ...state, step, touchedAt: now }, now);
}

function goHome(state: KioskState, now: number): KioskState {
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

/** The step for a press that the machine knows how to judge. */
function stepOf(press: Press): Step | null {
  switch (press.state) {
    case PressState.DONE:
      return { kind: "number", press };
    case PressState.REFUSED:
      return { kind: "refused", refusal: null };
    case PressState.UNKNOWN:
    case PressState.GIVEN_UP:
    case PressState.NOT_PRINTED:
    case PressState.PRINT_UNKNOWN:
      return { kind: "stuck", press };
    default:
      return null;
  }
}

/** Shows what became of `press`. */
function settle(state: KioskState, press: Press, now: number): KioskState {
  const step = stepOf(press);
  if (step === null) return state;
  const awaited = step.kind === "stuck" ? press.requestId : "";
  return go({ ...state, awaited }, step, now);
}

/** What the machine says of a press changes what the page shows. */
function follow(state: KioskState, press: Press, now: number): KioskState {
  const { step } = state;
  switch (step.kind) {
    case "issuing":
      return press.requestId === step.order.requestId
        ? settle(state, press, now)
        : state;
    case "choose":
    case "triage":
    case "advice":
    case "confirm":
      // The page was loaded anew while the machine worked for whoever stands
      // there.
      if (press.state === PressState.UNDER_WAY) {
        const language = languageOf(press.language, state.language);
        const order = {
          requestId: press.requestId,
          service: press.service,
          language,
        };
        return go(
          { ...state, language },
          { kind: "issuing", order, asks: false, slow: false },
          now,
        );
      }
      return press.requestId === state.awaited && press.state === PressState.DONE
        ? settle(state, press, now)
        : state;
    case "stuck":
      return press.requestId === step.press.requestId &&
        press.state === PressState.DONE
        ? settle(state, press, now)
        : state;
    default:
      return state;
  }
}

function languageOf(code: string, otherwise: Language): Language {
  return code === "ja" || code === "ja-easy" || code === "en" ? code : otherwise;
}

type Triage = Step & { readonly kind: "triage" };
type Advised = Step & { readonly kind: "advice" };

function askFirst(service: string, page: number): Triage {
  return {
    kind: "triage",
    service,
    page,
    answers: [],
    question: null,
    talk: false,
    asks: true,
  };
}

function afterChoice(service: string, page: number): Step {
  return asksBefore(service)
    ? askFirst(service, page)
    : { kind: "confirm", service, page };
}

/** The question before `step`; the list of services before the first. */
function beforeStep(step: Triage | Advised): Step {
  const { service, page, answers, talk } = step;
  // Whoever asked for staff comes back to where they did.
  if (!talk && answers.length === 0) return { kind: "choose", page };
  return {
    ...askFirst(service, page),
    answers: talk ? answers : answers.slice(0, -1),
    question: step.kind === "triage" ? step.question : null,
  };
}

/** What follows from what the machine said. */
function afterTriage(step: Triage, next: Next): Step {
  const { service, page, answers, talk } = step;
  if (next.kind === "question" && canAsk(next.question)) {
    return { ...step, question: next.question, asks: false };
  }
  if (next.kind === "advice") {
    return { kind: "advice", service, page, answers, talk, advice: next.advice };
  }
  // The machine knows no more: nobody is kept from a number for that.
  return { kind: "confirm", service: talk ? consult : service, page };
}

function mayTake(state: KioskState, advice: Advice, service: string): boolean {
  const offered = servicesAfter(advice, state.update?.services ?? []);
  return (
    obstacleOf(state) === 0 && offered.some((each) => each.service === service)
  );
}

function issuing(service: string, requestId: string, language: Language): Step {
  return {
    kind: "issuing",
    order: { requestId, service, language },
    asks: true,
    slow: false,
  };
}

function press(state: KioskState, button: Button, now: number): KioskState {
  const { step } = state;
  switch (button.kind) {
    case "language":
      return go({ ...state, language: button.language }, step, now);
    case "home":
      return goHome(state, now);
    case "service":
      return step.kind === "choose" && obstacleOf(state) === 0
        ? go(state, afterChoice(button.service, step.page), now)
        : state;
    case "answer": {
      if (step.kind !== "triage" || step.asks || step.question === null) {
        return state;
      }
      const { question, choices } = step.question;
      if (!choices.includes(button.choice)) return state;
      const answers = [...step.answers, { question, choice: button.choice }];
      return go(state, { ...step, answers, asks: true }, now);
    }
    case "talk":
      return step.kind === "triage"
        ? go(state, { ...step, talk: true, asks: true }, now)
        : state;
    case "take":
      return step.kind === "advice" && mayTake(state, step.advice, button.service)
        ? go(
            state,
            issuing(button.service, button.requestId, state.language),
            now,
          )
        : state;
    case "more":
      return step.kind === "choose"
        ? go(state, { kind: "choose", page: step.page + 1 }, now)
        : state;
    case "back":
      if (step.kind === "confirm") {
        return go(state, { kind: "choose", page: step.page }, now);
      }
      if (step.kind === "triage" || step.kind === "advice") {
        return go(state, beforeStep(step), now);
      }
      return step.kind === "choose" && step.page > 0
        ? go(state, { kind: "choose", page: step.page - 1 }, now)
        : state;
    case "yes":
      return step.kind === "confirm" && obstacleOf(state) === 0
        ? go(
            state,
            issuing(step.service, button.requestId, state.language),
            now,
          )
        : state;
    case "staffStep":
      return step.kind === "staff" && step.taken === null
        ? go(state, { ...step, taken: button.taken, outcome: "none" }, now)
        : state;
    case "test":
      if (step.kind === "test") return go(state, step.back, now);
      return step.kind === "staff"
        ? go(state, { kind: "test", back: step }, now)
        : state;
  }
}

/** What the page shows after `action`. Pure. */
export function reduce(state: KioskState, action: KioskAction): KioskState {
  const { step } = state;
  switch (action.kind) {
    case "update": {
      const next = { ...state, update: action.update };
      const told = action.update.press;
      return told === undefined ? next : follow(next, told, action.now);
    }
    case "liveness":
      return { ...state, liveness: action.liveness };
    case "tick": {
      const stays = staysMs(state);
      if (stays !== null && action.now - state.touchedAt >= stays) {
        return step.kind === "test"
          ? go(state, step.back, action.now)
          : goHome(state, action.now);
      }
      if (
        step.kind === "issuing" &&
        !step.slow &&
        action.now - state.touchedAt >= slowMs
      ) {
        return { ...state, step: { ...step, slow: true } };
      }
      return count(state, action.now);
    }
    case "touch":
      return step.kind === "issuing"
        ? state
        : count({ ...state, touchedAt: action.now }, action.now);
    case "tap": {
      const { counts, memory } = tap(
        state.taps,
        nameOf(action.button),
        action.now,
      );
      const next = { ...state, taps: memory };
      return counts ? press(next, action.button, action.now) : next;
    }
    case "resume":
      return go(
        { ...state, language: action.order.language },
        { kind: "issuing", order: action.order, asks: true, slow: false },
        action.now,
      );
    case "answered":
      return step.kind === "issuing" && step.order.requestId === action.requestId
        ? settle(state, action.press, action.now)
        : state;
    case "failed":
      if (
        step.kind !== "issuing" ||
        step.order.requestId !== action.requestId
      ) {
        return state;
      }
      // Nobody answered: there may be a number all the same.
      return isOutcomeUnknown(action.refusal)
        ? settle(
            state,
            create(PressSchema, {
              requestId: action.requestId,
              state: PressState.UNKNOWN,
            }),
            action.now,
          )
        : go(state, { kind: "refused", refusal: action.refusal }, action.now);
    case "triaged":
      return step.kind === "triage" &&
        step.asks &&
        step.talk === action.talk &&
        step.answers === action.answers
        ? go(state, afterTriage(step, action.next), action.now)
        : state;
    case "openDoor":
      // A visitor whose number is on its way is not left alone.
      return step.kind === "issuing"
        ? state
        : go(
            state,
            { kind: "key", typed: "", asks: false, refusal: null },
            action.now,
          );
    case "digit": {
      if (step.kind !== "key" || step.asks) return state;
      const typed =
        action.digit === null
          ? step.typed.slice(0, -1)
          : (step.typed + action.digit).slice(0, longestKey);
      return { ...state, step: { ...step, typed, refusal: null } };
    }
    case "enter":
      return step.kind === "key" && step.typed !== ""
        ? { ...state, step: { ...step, asks: true } }
        : state;
    case "corner":
      return step.kind === "key" || step.kind === "staff"
        ? go(
            { ...state, language: state.greeting },
            {
              kind: "staff",
              key: action.key,
              corner: action.corner,
              taken: null,
              outcome: action.outcome,
            },
            action.now,
          )
        : state;
    case "refreshed":
      return step.kind === "staff" && step.taken === null
        ? { ...state, step: { ...step, corner: action.corner } }
        : state;
    case "staffRefused":
      if (step.kind === "key") {
        return {
          ...state,
          step: {
            kind: "key",
            typed: "",
            asks: false,
            refusal: action.refusal,
          },
        };
      }
      return step.kind === "staff"
        ? { ...state, step: { ...step, taken: null, outcome: action.refusal } }
        : state;
    case "leave":
      return goHome(state, action.now);
  }
}

function nameOf(button: Button): string {
  switch (button.kind) {
    case "language":
      return `language ${button.language}`;
    case "service":
      return `service ${button.service}`;
    case "answer":
      return `answer ${button.choice}`;
    case "take":
      return `take ${button.service}`;
    case "staffStep":
      return `staff ${button.taken.kind}`;
    default:
      return button.kind;
  }
}
