import type { CallOptions } from "@connectrpc/connect";
import { attempt } from "../shared/attempt";
import { attemptTimeoutMs, newRequestId, repeat } from "../shared/repeat";
import type { Sentence } from "./sentence";

/** Whether a step, or a question that changes nothing, is on its way. */
export type Sending = "no" | "asked" | "sent" | "repeated";

/** Who is told while a step is on its way. */
export interface Sender {
  readonly say: (sentence: Sentence) => void;
  /** Told when a step begins to be sent, is sent again, and is settled. */
  readonly onSending: (sending: Sending) => void;
  /** Ends the repeating. */
  readonly signal: AbortSignal;
}

/**
 * Makes one step, under one request id, until its outcome is known; the clerk is
 * told once if that takes another attempt. Throws what a refusal threw.
 */
export async function sendStep<Answer>(
  sender: Sender,
  step: (requestId: string, options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const { say, onSending, signal } = sender;
  const requestId = newRequestId();
  let told = false;
  onSending("sent");
  try {
    return await repeat(
      () =>
        attempt((options) => step(requestId, options), attemptTimeoutMs, signal),
      {
        onUnknown: () => {
          if (!told) say({ id: "counter.outcome_unknown" });
          told = true;
          onSending("repeated");
        },
        signal,
      },
    );
  } finally {
    onSending("no");
  }
}
