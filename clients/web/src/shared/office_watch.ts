import type { Client } from "@connectrpc/connect";
import type {
  DisplayService,
  OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { watchStream, type Liveness } from "./stream_watch";

export { staleAfterMs, type Liveness } from "./stream_watch";

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
 * Follows what the displays of an office show, as `watchStream` does.
 *
 * Resumes behind the last update seen. An update that was seen before is
 * dropped; a snapshot marked `reset` says that a gap could not be closed.
 */
export function watchOffice(watch: OfficeWatch): Promise<void> {
  let sequence = 0n;
  return watchStream<OfficeUpdate>({
    open: (signal) =>
      watch.client.watchOffice(
        { office: watch.office, afterSequence: sequence },
        { signal },
      ),
    onUpdate: (update) => {
      if (!isNews(update, sequence)) return;
      sequence = update.sequence;
      watch.onUpdate(update);
    },
    onLiveness: watch.onLiveness,
    signal: watch.signal,
  });
}

/** A snapshot begins anew; a heartbeat repeats the sequence, later. */
function isNews(update: OfficeUpdate, sequence: bigint): boolean {
  return (
    update.update.case === "snapshot" ||
    update.sequence > sequence ||
    (update.update.case === "heartbeat" && update.sequence === sequence)
  );
}
