import { isOutcomeUnknown, refusalOf } from "./refusal";
import { pause } from "./pause";

/** How long one attempt may take. */
export const attemptTimeoutMs = 4_000;

/** A new request id, a UUID; also where the page is not a secure context. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  return [4, 6, 8, 10].reduceRight(
    (id, at) => `${id.slice(0, at * 2)}-${id.slice(at * 2)}`,
    hex.join(""),
  );
}

/**
 * Makes `attempt` until its outcome is known, and answers with it or throws what
 * it threw. `attempt` must do no more when made twice than once: it carries one
 * request id, or only reads.
 *
 * `onUnknown` is called after each attempt that left the outcome open, so that a
 * person can be told. Gives up, with the last failure, only when `signal` says
 * so. The pauses are random: screens that failed together must not come back
 * together.
 */
export async function repeat<Answer>(
  attempt: () => Promise<Answer>,
  options: { onUnknown?: () => void; signal?: AbortSignal } = {},
): Promise<Answer> {
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (options.signal?.aborted || !isOutcomeUnknown(refusalOf(failure))) {
        throw failure;
      }
      options.onUnknown?.();
      await pause(100 + Math.random() * 400, options.signal);
      if (options.signal?.aborted) throw failure;
    }
  }
}
