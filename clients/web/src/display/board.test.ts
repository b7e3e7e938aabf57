import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Code, ConnectError } from "@connectrpc/connect";
import { OfficeEvent_Kind as Kind } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import type { OfficeUpdate } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { pause } from "../shared/pause";
import { staleAfterMs } from "../shared/office_watch";
import { overlayMs } from "./announcements";
import { Board } from "./board";
import { parseBoardSettings } from "./board_settings";
import { callsKept } from "./hall";
import { pageTurnMs } from "./pages";
import { Office } from "./testing/office";
import {
  makeCall,
  makeEvent,
  makeHeartbeat,
  makeSnapshot,
} from "./testing/updates";
import type { Spoken, Voice } from "./voice";

function makeVoice(ms = 0) {
  const said: Spoken[] = [];
  let changed: () => void = () => {};
  const voice: Voice & { state: Voice["state"] } = {
    state: "ready",
    say: async (call) => {
      said.push(call);
      await pause(ms);
    },
    subscribe: (told) => {
      changed = told;
      return () => (changed = () => {});
    },
    close: () => {},
  };
  return {
    said,
    voice,
    become: (state: Voice["state"]) => {
      voice.state = state;
      changed();
    },
  };
}

async function startBoard(office: Pick<Office, "client">, search = "") {
  const voice = makeVoice();
  const board = new Board({
    client: office.client,
    office: "offices/honcho",
    settings: parseBoardSettings(new URLSearchParams(search)),
    voice: voice.voice,
  });
  const ended = board.run();
  await wait(0);
  return {
    board,
    ...voice,
    stop: async () => {
      board.stop();
      await wait(1_000);
      await ended;
    },
  };
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a board", () => {
  it("shows and says a call as it comes", async () => {
    const office = new Office(makeSnapshot([]));
    const { board, said, stop } = await startBoard(office);
    expect(board.view().liveness.kind).toBe("live");
    const call = makeCall("101", {
      counter: "3",
      language: "en",
      recallCount: 1,
      pickup: true,
    });
    office.tell(makeEvent(Kind.CALLED, call, { sequence: 1 }));
    await wait(0);
    expect(board.view().overlay?.number).toBe("101");
    expect(said).toEqual([
      {
        number: "101",
        counter: "3",
        language: "en",
        recall: true,
        pickup: true,
      },
    ]);
    await wait(overlayMs);
    expect(board.view().overlay).toBeUndefined();
    expect(board.view().marked).toEqual(new Set(["101"]));
    await stop();
  });

  it("tells of a loss within five seconds and clears nothing", async () => {
    const office = new Office(makeSnapshot([makeCall("101")]));
    const { board, stop } = await startBoard(office);
    office.failWith(new ConnectError("gone", Code.Unavailable));
    await wait(staleAfterMs - 1);
    expect(board.view().liveness.kind).toBe("live");
    await wait(1);
    expect(board.view().liveness.kind).toBe("lost");
    expect(board.view().hall.calls).toHaveLength(1);
    await stop();
  });

  it("announces after a loss what it has not announced before", async () => {
    const office = new Office(makeSnapshot([], { sequence: 1 }));
    const { board, said, stop } = await startBoard(office);
    office.tell(makeEvent(Kind.CALLED, makeCall("101"), { sequence: 2 }));
    await wait(overlayMs);
    office.failWith(new ConnectError("gone", Code.Unavailable));
    await wait(60_000);
    expect(office.resumedAfter.at(-1)).toBe(2n);
    office.comeBack(
      makeSnapshot([makeCall("102", { at: 30 }), makeCall("101")], {
        at: 70,
        sequence: 9,
        reset: true,
      }),
    );
    await wait(1_000);
    expect(board.view().liveness.kind).toBe("live");
    expect(said.map((call) => call.number)).toEqual(["101", "102"]);
    await stop();
  });

  it("tells a refusal at once", async () => {
    const office = new Office(makeSnapshot([]));
    office.failWith(new ConnectError("no such office", Code.NotFound));
    const { board, stop } = await startBoard(office);
    expect(board.view().liveness.kind).toBe("lost");
    await stop();
  });

  it("turns its pages and tells what becomes of its voice", async () => {
    const office = new Office(makeSnapshot([]));
    const { board, become, stop } = await startBoard(office);
    const reader = vi.fn();
    const leave = board.subscribe(reader);
    become("needs-gesture");
    expect(board.view().voice).toBe("needs-gesture");
    expect(reader).toHaveBeenCalledTimes(1);
    await wait(pageTurnMs);
    expect(board.view().turn).toBe(1);
    leave();
    reader.mockClear();
    await wait(pageTurnMs);
    expect(reader).not.toHaveBeenCalled();
    await stop();
  });

  it("leaves no timer behind when it is stopped", async () => {
    const office = new Office(makeSnapshot([makeCall("101")]));
    const { stop } = await startBoard(office);
    office.tell(makeEvent(Kind.CALLED, makeCall("102"), { sequence: 1 }));
    await wait(1_000);
    await stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("holds no more after eight hours than after one", async () => {
    const office = new BusyOffice();
    const { board, said, stop } = await startBoard(office);
    const hour = 3_600_000;
    await wait(hour);
    const timers = vi.getTimerCount();
    await wait(7 * hour);
    const { hall, marked } = board.view();
    expect(said.length).toBeGreaterThan(2_500);
    expect(hall.calls).toHaveLength(callsKept);
    expect(hall.missed.length).toBeLessThanOrEqual(callsKept);
    expect(hall.announced.length).toBeLessThanOrEqual(30);
    expect(marked.size).toBeLessThanOrEqual(4);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(timers + 1);
    await stop();
    expect(vi.getTimerCount()).toBe(0);
  }, 60_000);
});

/** Calls somebody every ten seconds, who comes, or does not and returns later;
 * beats in between, and loses the connection every ten minutes. */
class BusyOffice implements Pick<Office, "client"> {
  readonly client = {
    watchOffice: (
      _request: object,
      options?: { signal?: AbortSignal },
    ): AsyncIterable<OfficeUpdate> => this.#serve(options?.signal),
  } as Office["client"];

  #second = 0;
  #sequence = 0;

  async *#serve(signal?: AbortSignal): AsyncIterable<OfficeUpdate> {
    if (this.#sequence === 0) yield makeSnapshot([]);
    for (let beats = 1; beats % 300 !== 0; ++beats) {
      await pause(2_000, signal);
      if (signal?.aborted) return;
      this.#second += 2;
      const at = this.#second;
      if (at % 10 === 0) {
        yield this.#event(Kind.CALLED, State.CALLED, at, at);
      } else if (at % 10 === 4) {
        yield at % 3 === 0
          ? this.#event(Kind.ABSENT, State.ABSENT, at - 4, at)
          : this.#event(Kind.SERVING, State.SERVING, at - 4, at);
      } else if (at % 10 === 6 && at > 200) {
        yield this.#event(Kind.RETURNED, State.WAITING, at - 196, at);
      } else {
        yield makeHeartbeat(at, this.#sequence);
      }
    }
    throw new ConnectError("cut", Code.Unavailable);
  }

  #event(kind: Kind, state: State, called: number, at: number): OfficeUpdate {
    const number = String(100 + ((called / 10) % 800));
    return makeEvent(kind, makeCall(number, { at: called, state }), {
      at,
      sequence: ++this.#sequence,
      waiting: at % 17,
    });
  }
}
