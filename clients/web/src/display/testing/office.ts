// An office in memory that tells a board what a test says.
import { create } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import {
  DisplayService,
  HeartbeatSchema,
  type OfficeUpdate,
} from "../../gen/madoguchi/ticketing/v1/display_service_pb";
import { pause } from "../../shared/pause";

const heartbeat = create(HeartbeatSchema);

/** Serves one watcher at a time; beats every 2 s with the sequence and the time
 * of what it told last. */
export class Office {
  readonly client = createClient(
    DisplayService,
    createRouterTransport(({ service }) => {
      service(DisplayService, {
        watchOffice: (request, { signal }) => {
          this.resumedAfter.push(request.afterSequence);
          return this.#serve(signal);
        },
      });
    }),
  );
  /** What each watcher asked for. */
  readonly resumedAfter: bigint[] = [];

  #news: OfficeUpdate[] = [];
  #told = new AbortController();
  /** What a watcher that comes is told first. */
  #greeting: OfficeUpdate;
  #failure: unknown;
  #last: OfficeUpdate;

  constructor(greeting: OfficeUpdate) {
    this.#greeting = greeting;
    this.#last = greeting;
  }

  tell(...updates: OfficeUpdate[]): void {
    this.#news.push(...updates);
    this.#told.abort();
  }

  /** Ends the stream, and each to come, with `failure`. */
  failWith(failure: unknown): void {
    this.#failure = failure;
    this.#told.abort();
  }

  /** Serves again, and greets whoever comes with `greeting`. */
  comeBack(greeting: OfficeUpdate): void {
    this.#failure = undefined;
    this.#greeting = greeting;
    this.#last = greeting;
    this.#news = [];
  }

  async *#serve(signal: AbortSignal): AsyncIterable<OfficeUpdate> {
    const end = () => this.#told.abort();
    signal.addEventListener("abort", end);
    try {
      if (this.#failure !== undefined) throw this.#failure;
      yield this.#greeting;
      while (!signal.aborted) {
        const update = this.#news.shift();
        if (update !== undefined) {
          this.#last = update;
          yield update;
          continue;
        }
        if (this.#failure !== undefined) throw this.#failure;
        this.#told = new AbortController();
        await pause(2_000, this.#told.signal);
        if (!this.#told.signal.aborted) yield this.#beat();
      }
    } finally {
      signal.removeEventListener("abort", end);
    }
  }

  #beat(): OfficeUpdate {
    return { ...this.#last, update: { case: "heartbeat", value: heartbeat } };
  }
}
