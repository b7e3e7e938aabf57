import { describe, expect, it } from "vitest";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { callsPageAt, pageAt } from "./pages";
import { makeCall } from "./testing/updates";

const calls = (states: Record<string, State>) =>
  Object.entries(states).map(([number, state]) => makeCall(number, { state }));

const shown = (states: Record<string, State>, room: number, turn = 0) =>
  callsPageAt(calls(states), room, turn).items.map((call) => call.number);

describe("pages", () => {
  it("are one if everything fits", () => {
    expect(pageAt([1, 2, 3], 3, 5)).toEqual({
      items: [1, 2, 3],
      number: 1,
      count: 1,
    });
    expect(pageAt([], 3, 5)).toEqual({ items: [], number: 1, count: 1 });
  });

  it("show each thing once and come round", () => {
    const items = [1, 2, 3, 4, 5, 6, 7];
    const turns = [0, 1, 2].map((turn) => pageAt(items, 3, turn));
    expect(turns.flatMap((page) => page.items)).toEqual(items);
    expect(turns.map((page) => page.number)).toEqual([1, 2, 3]);
    expect(pageAt(items, 3, 3)).toEqual(turns[0]);
  });

  it("still show something where there is hardly any room", () => {
    expect(pageAt([1, 2], 0.4, 1).items).toEqual([2]);
  });
});

describe("pages of calls", () => {
  const { CALLED, SERVING, COMPLETED, ABSENT } = State;

  it("leave out absent numbers, which have a place of their own", () => {
    expect(shown({ A3: CALLED, A2: ABSENT, A1: SERVING }, 5)).toEqual([
      "A3",
      "A1",
    ]);
  });

  it("carry the newest call on every page, and every other on one", () => {
    const many = {
      A7: CALLED,
      A6: CALLED,
      A5: SERVING,
      A4: CALLED,
      A3: CALLED,
      A2: CALLED,
      A1: CALLED,
    };
    expect(shown(many, 4, 0)).toEqual(["A7", "A6", "A5", "A4"]);
    expect(shown(many, 4, 1)).toEqual(["A7", "A3", "A2", "A1"]);
    expect(shown(many, 4, 2)).toEqual(shown(many, 4, 0));
    expect(callsPageAt(calls(many), 4, 1)).toMatchObject({
      number: 2,
      count: 2,
    });
  });

  it("fill the last page with some of the one before", () => {
    const five = { A5: CALLED, A4: CALLED, A3: CALLED, A2: CALLED, A1: CALLED };
    expect(shown(five, 4, 0)).toEqual(["A5", "A4", "A3", "A2"]);
    expect(shown(five, 4, 1)).toEqual(["A5", "A3", "A2", "A1"]);
  });

  it("do not turn for visits that have ended", () => {
    const mixed = {
      A5: COMPLETED,
      A4: CALLED,
      A3: COMPLETED,
      A2: COMPLETED,
      A1: CALLED,
    };
    for (const turn of [0, 1]) {
      expect(shown(mixed, 3, turn)).toEqual(["A5", "A4", "A1"]);
      expect(shown(mixed, 2, turn)).toEqual(["A4", "A1"]);
    }
  });

  it("are empty if nobody was called", () => {
    expect(callsPageAt([], 4, 3)).toEqual({ items: [], number: 1, count: 1 });
  });

  it("show the newest where only one fits", () => {
    expect(shown({ A2: CALLED, A1: CALLED }, 1, 1)).toEqual(["A2"]);
  });
});
