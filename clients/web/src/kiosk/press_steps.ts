import {
  Press_State as PressState,
  type Press,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import type { Language } from "../shared/texts";
import { go, type KioskState, type PressOrder, type Step } from "./kiosk_state";

/** Waits for the number of `order`, in the language of who ordered it. */
export function issue(
  state: KioskState,
  order: PressOrder,
  asks: boolean,
  now: number,
): KioskState {
  const step = { kind: "issuing", order, asks, slow: false } as const;
  return go({ ...state, language: order.language }, step, now);
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
export function settle(state: KioskState, press: Press, now: number): KioskState {
  const step = stepOf(press);
  if (step === null) return state;
  const awaited = step.kind === "stuck" ? press.requestId : "";
  return go({ ...state, awaited }, step, now);
}

/** What the machine says of a press changes what the page shows. */
export function follow(state: KioskState, press: Press, now: number): KioskState {
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
        return issue(state, order, /* asks */ false, now);
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
