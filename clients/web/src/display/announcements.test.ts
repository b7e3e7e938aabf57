import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  OfficeEvent_Kind as Kind,
  type Call,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { pause } from "../shared/pause";
import {
  Announcements,
  listMs,
  markedForMs,
  overlayMs,
  voiceLimitMs,
} from "./announcements";
import { makeCall, makeEvent, makeSnapshot } from "./testing/updates";

/** A board whose voice needs `voiceMs` for each call. */
function makeBoard(voiceMs: number) {
  const said: string[] = [];
  const old = new Set<string>();
  let speaking = 0;
  const onChange = vi.fn();
  const announcements = new Announcements({
    say: async ({ number }) => {
      expect(++speaking).toBe(1);
      said.push(number);
      await pause(voiceMs);
      --speaking;
    },
    isYoung: (call) => !old.has(call.number),
    onChange,
  });
  return {
    announcements,
    said,
    old,
    onChange,
    add: (...numbers: string[]) => {
      for (const number of numbers) announcements.add(makeCall(number));
    },
    shown: () => announcements.overlay?.number,
    marked: () => [...announcements.marked],
  };
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("announcements", () => {
  it("come one after the other, seen and heard together (D10)", async () => {
    const board = makeBoard(1_000);
    board.add("101", "102");
    expect(board.shown()).toBe("101");
    expect(board.said).toEqual(["101"]);
    await wait(overlayMs - 1);
    expect(board.shown()).toBe("101");
    expect(board.said).toEqual(["101"]);
    await wait(1);
    expect(board.shown()).toBeUndefined();
    await wait(listMs);
    expect(board.shown()).toBe("102");
    expect(board.said).toEqual(["101", "102"]);
    await wait(overlayMs);
    expect(board.shown()).toBeUndefined();
  });

  it("free the list after six seconds though the voice goes on", async () => {
    const board = makeBoard(overlayMs + 4_000);
    board.add("101", "102");
    await wait(overlayMs);
    expect(board.shown()).toBeUndefined();
    expect(board.said).toEqual(["101"]);
    await wait(4_000);
    expect(board.shown()).toBe("102");
  });

  it("mark a number as new for twenty seconds, each its own", async () => {
    const board = makeBoard(0);
    board.add("101", "102");
    await wait(overlayMs + listMs);
    expect(board.marked()).toEqual(["101", "102"]);
    await wait(markedForMs - overlayMs - listMs);
    expect(board.marked()).toEqual(["102"]);
    await wait(overlayMs + listMs);
    expect(board.marked()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("do not tell a call that grew old in the queue (D10)", async () => {
    const board = makeBoard(0);
    board.add("101", "102", "103");
    board.old.add("102");
    await wait(overlayMs + listMs);
    expect(board.shown()).toBe("103");
    expect(board.said).toEqual(["101", "103"]);
  });

  it("go on after a voice that got stuck or failed", async () => {
    const say = vi
      .fn<(call: Call) => Promise<void>>()
      .mockReturnValueOnce(new Promise(() => {}))
      .mockRejectedValueOnce(new Error("no sound"))
      .mockResolvedValue();
    const announcements = new Announcements({
      say,
      isYoung: () => true,
      onChange: () => {},
    });
    for (const number of ["101", "102", "103"]) {
      announcements.add(makeCall(number));
    }
    await wait(voiceLimitMs);
    expect(announcements.overlay?.number).toBe("102");
    await wait(overlayMs + listMs);
    expect(announcements.overlay?.number).toBe("103");
    await wait(voiceLimitMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("forget whoever left, also the one that is shown", async () => {
    const board = makeBoard(2_000);
    board.add("101", "102", "103");
    board.announcements.takeBack(
      makeEvent(Kind.LEFT, makeCall("102", { state: State.WAITING })),
    );
    board.announcements.takeBack(makeEvent(Kind.CORRECTED, makeCall("103")));
    board.announcements.takeBack(
      makeEvent(Kind.CORRECTED, makeCall("101", { state: State.WAITING })),
    );
    expect(board.shown()).toBeUndefined();
    expect(board.marked()).toEqual([]);
    // The voice speaks its sentence to the end, and only then the next comes.
    await wait(1_999);
    expect(board.said).toEqual(["101"]);
    await wait(1);
    expect(board.shown()).toBe("103");
  });

  it("forget what a new picture does not know", async () => {
    const board = makeBoard(0);
    board.add("101", "102", "103");
    board.announcements.takeBack(
      makeSnapshot([makeCall("103"), makeCall("101")], { reset: true }),
    );
    await wait(overlayMs + listMs);
    expect(board.shown()).toBe("103");
  });

  it("announce nothing of the old day in the new one", async () => {
    const board = makeBoard(0);
    board.add("101", "102");
    board.announcements.takeBack(makeEvent(Kind.DAY_OPENED));
    expect(board.shown()).toBeUndefined();
    await wait(overlayMs + listMs);
    expect(board.said).toEqual(["101"]);
  });

  it("do not pile up however fast the calls come", async () => {
    const board = makeBoard(0);
    for (let i = 0; i !== 1_000; ++i) {
      board.add(String(i));
      if (i >= 30) board.old.add(String(i - 30));
    }
    expect(board.announcements.waitingCount).toBeLessThanOrEqual(31);
  });

  it("leave no timer behind when they are stopped", async () => {
    const board = makeBoard(0);
    board.add("101", "102");
    await wait(1_000);
    board.onChange.mockClear();
    board.announcements.stop();
    expect(vi.getTimerCount()).toBe(0);
    await wait(60_000);
    expect(board.said).toEqual(["101"]);
    expect(board.onChange).not.toHaveBeenCalled();
  });
});
