import { pause } from "./pause";
import { isOutcomeUnknown, refusalOf, type Refusal } from "./refusal";

/** Heartbeats come every 2 s; a screen must tell of a loss within 5 s. */
export const staleAfterMs = 4_500;

/** Whether what a screen shows is true now. */
export type Liveness =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** Nothing was heard for `staleAfterMs`, or the server refuses. */
  | { readonly kind: "lost"; readonly refusal?: Refusal };

export interface StreamWatch<Update> {
  /** Begins a stream, again and again; it ends when its signal aborts. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Update>;
  /** Takes each update, heartbeats included, in order. */
  readonly onUpdate: (update: Update) => void;
  /** Told when it changes. */
  readonly onLiveness: (liveness: Liveness) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Follows a stream that has heartbeats, across lost connections.
 *
 * A new one begins 100 to 500 ms after one ended. One that fails and comes back
 * within `staleAfterMs` is nobody's business; a refusal that will not pass by
 * itself is told at once. Returns when `signal` aborts.
 */
export async function watchStream<Update>(watch: StreamWatch<Update>): Promise<void> {
  let told: Liveness["kind"] = "connecting";
  const tell = (liveness: Liveness) => {
    if (liveness.kind === told) return;
    told = liveness.kind;
    watch.onLiveness(liveness);
  };
  watch.onLiveness({ kind: "connecting" });

  let attempt = new AbortController();
  const fallSilent = () => {
    tell({ kind: "lost" });
    // A connection that is half open would say nothing for ever.
    attempt.abort();
    silence = setTimeout(fallSilent, staleAfterMs);
  };
  let silence = setTimeout(fallSilent, staleAfterMs);
  const end = () => attempt.abort();
  watch.signal.addEventListener("abort", end);

  while (!watch.signal.aborted) {
    attempt = new AbortController();
    try {
      for await (const update of watch.open(attempt.signal)) {
        clearTimeout(silence);
        silence = setTimeout(fallSilent, staleAfterMs);
        tell({ kind: "live" });
        watch.onUpdate(update);
      }
    } catch (failure) {
      const refusal = refusalOf(failure);
      if (!watch.signal.aborted && !isOutcomeUnknown(refusal)) {
        tell({ kind: "lost", refusal });
      }
    }
    await pause(100 + Math.random() * 400, watch.signal);
  }
  clearTimeout(silence);
  watch.signal.removeEventListener("abort", end);
}
