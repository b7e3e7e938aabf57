import type {
  KioskUpdate,
  Press,
  StaffCorner,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import type { Refusal } from "../shared/refusal";
import type { Liveness } from "../shared/stream_watch";
import type { Language } from "../shared/texts";
import type { PressOrder, StaffStep } from "./kiosk_state";
import type { Given, Next } from "./triage";

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

/** One name for each thing that a button does, as the guard of taps knows it. */
export function nameOf(button: Button): string {
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
