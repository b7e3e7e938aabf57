import type { Call } from "../gen/madoguchi/ticketing/v1/display_service_pb";

/** What is said aloud of a call. */
export interface Spoken {
  readonly number: string;
  readonly counter: string;
  /** The visitor's, spoken after Japanese if it is another. */
  readonly language: string;
  /** Whether the number was called before. */
  readonly recall: boolean;
  /** A call to pick something up sounds otherwise. */
  readonly pickup: boolean;
}

/** Whether the hall hears anything, and if not, why. */
export type VoiceState = "ready" | "needs-gesture" | "missing-clips" | "off";

/** The chime and the voice of a board. */
export interface Voice {
  /** Resolves when all was said or could not be said. */
  say(call: Spoken): Promise<void>;
  readonly state: VoiceState;
  /** Calls `changed` after each change of `state` until the answer is called. */
  subscribe(changed: () => void): () => void;
  /** Silences it for good. */
  close(): void;
}

/** A board that was told to be quiet. */
export const silentVoice: Voice = {
  say: () => Promise.resolve(),
  state: "off",
  subscribe: () => () => {},
  close: () => {},
};

export function spokenOf(call: Call): Spoken {
  return {
    number: call.number,
    counter: call.counter,
    language: call.language,
    recall: call.recallCount > 0,
    pickup: call.pickup,
  };
}
