import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  OfficeUpdateSchema,
  type OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { staleAfterMs, watchOffice, type Liveness } from "./office_watch";
import { pause } from "./pause";

type Case = "snapshot" | "event" | "heartbeat";

function update(sequence: number, kind: Case): OfficeUpdate {
  return create(OfficeUpdateSchema, {
    sequence: BigInt(sequence),
    update: { case: kind, value: {} },
  } as Parameters<typeof create<typeof OfficeUpdateSchema>>[1]);
}

/** One stream of the script: updates, pauses in ms, and how it ends. */
type Step = OfficeUpdate | number | ConnectError;

/** Plays `streams` one after the other; then every stream stays silent. */
function scripted(...streams: Step[][]) {
  const resumedAfter: bigint[] = [];
  const watch = {
    watchOffice(
      request: { afterSequence?: bigint },
      options?: { signal?: AbortSignal },
    ): AsyncIterable<OfficeUpdate> {
      resumedAfter.push(request.afterSequence ?? 0n);
      const steps = streams.shift() ?? [Infinity];
      return (async function* () {
        for (const step of steps) {
          if (step instanceof ConnectError) throw step;
          if (typeof step !== "number") {
            yield step;
            continue;
          }
          await pause(Math.min(step, 2 ** 31 - 1), options?.signal);
          if (options?.signal?.aborted) {
            throw new ConnectError("aborted", Code.Canceled);
          }
        }
      })();
    },
  };
  return { watch, resumedAfter };
}

function follow(...streams: Step[][]) {
  const { watch, resumedAfter } = scripted(...streams);
  const stop = new AbortController();
  const seen: string[] = [];
  const liveness: Liveness[] = [];
  const ended = watchOffice({
    client: watch as Parameters<typeof watchOffice>[0]["client"],
    office: "offices/honcho",
    onUpdate: (u) => seen.push(`${u.update.case} ${u.sequence}`),
    onLiveness: (l) => liveness.push(l),
    signal: stop.signal,
  });
  return {
    seen,
    liveness,
    resumedAfter,
    kinds: () => liveness.map((l) => l.kind),
    end: async () => {
      stop.abort();
      await vi.runAllTimersAsync();
      await ended;
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("watchOffice", () => {
  it("resumes behind the last update and tells nothing twice", async () => {
    const office = follow(
      [update(5, "snapshot"), update(6, "event"), new ConnectError("", Code.Unavailable)],
      [update(6, "event"), update(7, "event"), Infinity],
    );
    await vi.advanceTimersByTimeAsync(1_000);
    expect(office.seen).toEqual(["snapshot 5", "event 6", "event 7"]);
    expect(office.resumedAfter).toEqual([0n, 6n]);
    await office.end();
  });

  it("says nothing of a stream that is back before anybody could mind", async () => {
    const office = follow(
      [update(1, "snapshot"), 1_000, new ConnectError("", Code.Unavailable)],
      [update(1, "heartbeat"), Infinity],
    );
    await vi.advanceTimersByTimeAsync(3_000);
    expect(office.kinds()).toEqual(["connecting", "live"]);
    await office.end();
  });

  it("says within 5 s that it hears nothing, and that it hears again", async () => {
    const office = follow(
      [update(1, "snapshot"), Infinity],
      [600, update(1, "heartbeat"), Infinity],
    );
    await vi.advanceTimersByTimeAsync(staleAfterMs - 1);
    expect(office.kinds()).toEqual(["connecting", "live"]);
    await vi.advanceTimersByTimeAsync(2);
    expect(office.kinds()).toEqual(["connecting", "live", "lost"]);
    // A half-open connection is given up for a new one.
    await vi.advanceTimersByTimeAsync(2_000);
    expect(office.kinds()).toEqual(["connecting", "live", "lost", "live"]);
    await office.end();
  });

  it("says so when nobody answers from the start", async () => {
    const office = follow(
      ...Array.from({ length: 100 }, () => [new ConnectError("", Code.Unavailable)]),
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(office.kinds()).toEqual(["connecting", "lost"]);
    await office.end();
  });

  it("tells a refusal that will not pass at once", async () => {
    const office = follow([new ConnectError("no such office", Code.NotFound)]);
    await vi.advanceTimersByTimeAsync(50);
    expect(office.liveness.at(-1)).toMatchObject({
      kind: "lost",
      refusal: { code: Code.NotFound },
    });
    await office.end();
  });

  it("begins anew with a reset snapshot, though its sequence is lower", async () => {
    const office = follow(
      [update(900, "snapshot"), new ConnectError("", Code.Unavailable)],
      [update(3, "snapshot"), update(4, "event"), Infinity],
    );
    await vi.advanceTimersByTimeAsync(1_000);
    expect(office.seen).toEqual(["snapshot 900", "snapshot 3", "event 4"]);
    await office.end();
  });

  it("leaves no timer behind", async () => {
    const office = follow([update(1, "snapshot"), Infinity]);
    await vi.advanceTimersByTimeAsync(100);
    await office.end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
