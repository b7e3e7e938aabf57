import { create } from "@bufbuild/protobuf";
import {
  Press_State as PressState,
  PressSchema,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import type { Advice } from "../gen/madoguchi/renewal/v1/renewal_pb";
import { isOutcomeUnknown } from "../shared/refusal";
import { nameOf, type Button, type KioskAction } from "./kiosk_actions";
import {
  count,
  go,
  goHome,
  longestKey,
  obstacleOf,
  slowMs,
  staysMs,
  type KioskState,
} from "./kiosk_state";
import { follow, issue, settle } from "./press_steps";
import { tap } from "./tap_guard";
import { servicesAfter } from "./triage";
import { afterChoice, afterTriage, beforeStep } from "./triage_steps";

function mayTake(state: KioskState, advice: Advice, service: string): boolean {
  const offered = servicesAfter(advice, state.update?.services ?? []);
  return (
    obstacleOf(state) === 0 && offered.some((each) => each.service === service)
  );
}

function order(
  state: KioskState,
  service: string,
  requestId: string,
  now: number,
): KioskState {
  const { language } = state;
  return issue(state, { requestId, service, language }, /* asks */ true, now);
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
        ? order(state, button.service, button.requestId, now)
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
        ? order(state, step.service, button.requestId, now)
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
      return issue(state, action.order, /* asks */ true, action.now);
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
