import type { Client } from "@connectrpc/connect";
import type {
  DisplayService,
  OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
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

export interface OfficeWatch {
  readonly client: Pick<Client<typeof DisplayService>, "watchOffice">;
  /** As in `offices/honcho`. */
  readonly office: string;
  /** Takes each update, heartbeats included, in order and once. */
  readonly onUpdate: (update: OfficeUpdate) => void;
  /** Told when it changes. */
  readonly onLiveness: (liveness: Liveness) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Follows what the displays of an office show, across lost connections.
 *
 * Resumes behind the last update seen, 100 to 500 ms after a stream ended. An
 * update that was seen before is dropped; a snapshot marked `reset` says that a
 * gap could not be closed. A stream that fails and comes back within
 * `staleAfterMs` is nobody's business; a refusal that will not pass by itself is
 * told at once. Returns when `signal` aborts.
 */
export async function watchOffice(watch: OfficeWatch): Promise<void> {
  let sequence = 0n;
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
      const updates = watch.client.watchOffice(
        { office: watch.office, afterSequence: sequence },
        { signal: attempt.signal },
      );
      for await (const update of updates) {
        clearTimeout(silence);
        silence = setTimeout(fallSilent, staleAfterMs);
        tell({ kind: "live" });
        if (isNews(update, sequence)) {
          sequence = update.sequence;
          watch.onUpdate(update);
        }
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

/** A snapshot begins anew; a heartbeat repeats the sequence, later. */
function isNews(update: OfficeUpdate, sequence: bigint): boolean {
  return (
    update.update.case === "snapshot" ||
    update.sequence > sequence ||
    (update.update.case === "heartbeat" && update.sequence === sequence)
  );
}
