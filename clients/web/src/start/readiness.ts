import { pause } from "../shared/pause";

/** Whether the house can work, and if not what its gateway says of it. */
export type Readiness =
  | { readonly kind: "asking" }
  | { readonly kind: "ready" }
  | { readonly kind: "not-ready"; readonly reason: string }
  /** Not even the gateway answers. */
  | { readonly kind: "silent" };

const askEveryMs = 2_000;
const answerWithinMs = 2_000;

/** Asks the gateway once. Never throws. */
export async function askReadiness(ask: typeof fetch): Promise<Readiness> {
  try {
    const answer = await ask("/readyz", {
      cache: "no-store",
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (answer.ok) return { kind: "ready" };
    return { kind: "not-ready", reason: (await answer.text()).trim() };
  } catch {
    return { kind: "silent" };
  }
}

/** Tells how the house is, every two seconds, until `signal` aborts. */
export async function watchReadiness(
  onReadiness: (readiness: Readiness) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const readiness = await askReadiness(fetch);
    if (signal.aborted) return;
    onReadiness(readiness);
    await pause(askEveryMs, signal);
  }
}
