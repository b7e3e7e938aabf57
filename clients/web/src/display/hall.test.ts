import { describe, expect, it } from "vitest";
import { OfficeEvent_Kind as Kind } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type {
  Call,
  OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { applyUpdate, callsKept, emptyHall, labelOf, type Hall } from "./hall";
import { makeCall, makeEvent, makeHeartbeat, makeSnapshot, ten } from "./testing/updates";
import { wholeOffice, type Zone } from "./zone";

/** A hall that remembers what it was told. */
function makeHall(zone: Zone = wholeOffice) {
  let hall: Hall = emptyHall;
  return {
    /** Folds `update` in and returns the numbers to announce. */
    apply(update: OfficeUpdate): string[] {
      const told = applyUpdate(hall, update, zone);
      hall = told.hall;
      return told.announce.map((call) => call.number);
    },
    get now(): Hall {
      return hall;
    },
    get shown(): string[] {
      return hall.calls.map((call) => call.number);
    },
  };
}

/** What a step that was taken back makes true. */
function correctedTo(state: State): Call {
  return makeCall("101", { state });
}

describe("the hall", () => {
  it("shows a call first and announces it", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101", { at: -60 })]));
    expect(hall.apply(makeEvent(Kind.CALLED, makeCall("102")))).toEqual(["102"]);
    expect(hall.shown).toEqual(["102", "101"]);
  });

  it("moves a recalled number up and announces it again (D09)", () => {
    const hall = makeHall();
    hall.apply(
      makeSnapshot([makeCall("102", { at: -30 }), makeCall("101", { at: -60 })]),
    );
    const recall = makeCall("101", { recallCount: 1 });
    expect(hall.apply(makeEvent(Kind.RECALLED, recall))).toEqual(["101"]);
    expect(hall.shown).toEqual(["101", "102"]);
  });

  it("only shows what was called before it started", () => {
    const hall = makeHall();
    expect(hall.apply(makeSnapshot([makeCall("101", { at: -5 })]))).toEqual([]);
    expect(hall.shown).toEqual(["101"]);
  });

  it("announces on a reset only new calls of the last three minutes (D11)", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    hall.apply(makeEvent(Kind.CALLED, makeCall("101")));
    const at = 60 + 180;
    const snapshot = makeSnapshot(
      [
        makeCall("105", { at: at - 10 }),
        makeCall("104", { at: at - 20 }),
        makeCall("103", { at: 60, state: State.SERVING }),
        makeCall("102", { at: at - 181 }),
        makeCall("101"),
      ],
      { at, reset: true },
    );
    expect(hall.apply(snapshot)).toEqual(["104", "105"]);
    expect(hall.apply(snapshot)).toEqual([]);
    expect(hall.shown).toEqual(["105", "104", "103", "102", "101"]);
  });

  it("shows an event that comes late and does not announce it (D10)", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    const late = makeEvent(Kind.CALLED, makeCall("101"), { at: 200 });
    expect(hall.apply(late)).toEqual([]);
    expect(hall.shown).toEqual(["101"]);
  });

  it("announces a call once though a resumed stream repeats it", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    const called = makeEvent(Kind.CALLED, makeCall("101"));
    expect(hall.apply(called)).toEqual(["101"]);
    expect(hall.apply(called)).toEqual([]);
    expect(hall.shown).toEqual(["101"]);
  });

  it("misses an absent number until it returns", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101")]));
    hall.apply(makeEvent(Kind.ABSENT, correctedTo(State.ABSENT)));
    expect(hall.now.missed).toEqual(["101"]);
    expect(hall.now.calls[0]?.state).toBe(State.ABSENT);
    hall.apply(makeEvent(Kind.RETURNED, correctedTo(State.WAITING)));
    expect(hall.now.missed).toEqual([]);
  });

  it("takes from each event the count and the counter that it changed", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    hall.apply(
      makeEvent(Kind.CALLED, makeCall("101"), {
        waiting: 6,
        counter: { counter: "2", number: "101", label: { ja: "2番窓口" } },
      }),
    );
    expect(hall.now.services[0]?.waitingCount).toBe(6);
    expect(hall.now.services[0]?.displayName?.ja).toBe("更新");
    expect(hall.now.counters[0]?.number).toBe("101");
  });

  it("forgets the old day when a new one begins", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101")]));
    hall.apply(makeEvent(Kind.ABSENT, correctedTo(State.ABSENT)));
    hall.apply(makeEvent(Kind.DAY_OPENED));
    expect(hall.shown).toEqual([]);
    expect(hall.now.missed).toEqual([]);
    expect(hall.now.services[0]?.waitingCount).toBe(0);
  });

  it("keeps no more calls than it can show", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    for (let i = 0; i !== 50; ++i) {
      hall.apply(makeEvent(Kind.CALLED, makeCall(String(i))));
    }
    expect(hall.now.calls).toHaveLength(callsKept);
  });

  it("forgets whom it announced once that cannot come again", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    for (let i = 0; i !== 2_000; ++i) {
      const call = makeCall(String(100 + (i % 200)), { at: i });
      hall.apply(makeEvent(Kind.CALLED, call, { at: i }));
    }
    expect(hall.now.announced.length).toBeLessThanOrEqual(181);
  });

  it("names a counter that the office does not know", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    expect(labelOf(hall.now, "2").ja).toBe("2番窓口");
    expect(labelOf(hall.now, "9").ja).toBe("9番窓口");
    expect(labelOf(hall.now, "9").en).toBe("Counter 9");
  });

  it("shows a number that left nowhere", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("102"), makeCall("101")]));
    hall.apply(makeEvent(Kind.ABSENT, correctedTo(State.ABSENT)));
    hall.apply(makeEvent(Kind.LEFT, correctedTo(State.WAITING)));
    expect(hall.shown).toEqual(["102"]);
    expect(hall.now.missed).toEqual([]);
  });

  it("does not ring when an absence is taken back", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101")]));
    hall.apply(makeEvent(Kind.ABSENT, correctedTo(State.ABSENT)));
    const corrected = correctedTo(State.CALLED);
    expect(
      hall.apply(makeEvent(Kind.CORRECTED, corrected, { at: 5 })),
    ).toEqual([]);
    expect(hall.now.missed).toEqual([]);
    expect(hall.now.calls[0]?.state).toBe(State.CALLED);
  });

  it("shows the number of a transfer that was taken back again", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101")]));
    hall.apply(makeEvent(Kind.LEFT, correctedTo(State.WAITING)));
    const back = makeEvent(Kind.CORRECTED, correctedTo(State.SERVING));
    expect(hall.apply(back)).toEqual([]);
    expect(hall.shown).toEqual(["101"]);
  });

  it("shows each state that a correction tells", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101")]));
    hall.apply(makeEvent(Kind.CORRECTED, correctedTo(State.COMPLETED)));
    expect(hall.now.calls[0]?.state).toBe(State.COMPLETED);
    hall.apply(makeEvent(Kind.CORRECTED, correctedTo(State.ABSENT)));
    expect(hall.now.missed).toEqual(["101"]);
    hall.apply(makeEvent(Kind.CORRECTED, correctedTo(State.WAITING)));
    expect(hall.shown).toEqual([]);
    expect(hall.now.missed).toEqual([]);
  });

  it("knows a paused counter until it goes on or the day changes", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    hall.apply(
      makeEvent(Kind.COUNTER_CHANGED, undefined, {
        counter: { counter: "2", open: true, paused: true },
      }),
    );
    expect(hall.now.counters[0]?.paused).toBe(true);
    hall.apply(makeEvent(Kind.DAY_OPENED));
    expect(hall.now.counters[0]?.paused).toBe(false);
  });

  it("rings for a call to pick up after the first call did", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([]));
    hall.apply(makeEvent(Kind.CALLED, makeCall("101")));
    hall.apply(makeEvent(Kind.LEFT, correctedTo(State.ON_HOLD)));
    const pickup = makeCall("101", { at: 600, pickup: true });
    expect(
      hall.apply(makeEvent(Kind.CALLED, pickup, { at: 600 })),
    ).toEqual(["101"]);
    expect(hall.now.calls[0]?.pickup).toBe(true);
  });

  it("moves its clock with a heartbeat and announces nothing", () => {
    const hall = makeHall();
    hall.apply(makeSnapshot([makeCall("101")]));
    const beat = makeHeartbeat(30);
    expect(hall.apply(beat)).toEqual([]);
    expect(hall.now.officeTimeMs).toBe((ten + 30) * 1_000);
    expect(hall.shown).toEqual(["101"]);
  });
});

describe("the hall of a zone", () => {
  const zone: Zone = { counters: new Set(["2", "3"]), services: new Set() };

  it("shows and announces only the calls to its counters", () => {
    const hall = makeHall(zone);
    hall.apply(
      makeSnapshot([makeCall("101"), makeCall("501", { counter: "7" })]),
    );
    const elsewhere = makeCall("502", { counter: "7" });
    expect(hall.apply(makeEvent(Kind.CALLED, elsewhere))).toEqual([]);
    const here = makeCall("102", { counter: "3" });
    expect(hall.apply(makeEvent(Kind.CALLED, here))).toEqual(["102"]);
    expect(hall.shown).toEqual(["102", "101"]);
  });

  it("is not crowded out by the calls of others", () => {
    const hall = makeHall(zone);
    hall.apply(makeSnapshot([makeCall("101")]));
    for (let i = 0; i !== 50; ++i) {
      hall.apply(
        makeEvent(Kind.CALLED, makeCall(String(500 + i), { counter: "7" })),
      );
    }
    expect(hall.shown).toEqual(["101"]);
  });

  it("drops a number that is called to a counter elsewhere", () => {
    const hall = makeHall(zone);
    hall.apply(makeSnapshot([makeCall("101")]));
    const elsewhere = makeCall("101", { counter: "7", at: 60 });
    expect(
      hall.apply(makeEvent(Kind.CALLED, elsewhere, { at: 60 })),
    ).toEqual([]);
    expect(hall.shown).toEqual([]);
  });

  it("misses only its own numbers and those that may be its own", () => {
    const hall = makeHall(zone);
    hall.apply(
      makeSnapshot(
        [
          makeCall("501", { counter: "7", state: State.ABSENT }),
          makeCall("101", { state: State.ABSENT }),
        ],
        { missed: ["501", "101", "703"] },
      ),
    );
    expect(hall.now.missed).toEqual(["101", "703"]);
    const elsewhere = makeCall("502", { counter: "7", state: State.ABSENT });
    hall.apply(makeEvent(Kind.ABSENT, elsewhere));
    const here = makeCall("102", { counter: "3", state: State.ABSENT });
    hall.apply(makeEvent(Kind.ABSENT, here));
    expect(hall.now.missed).toEqual(["102", "101", "703"]);
  });

  it("may be a choice of services instead", () => {
    const hall = makeHall({
      counters: new Set(),
      services: new Set(["card_pickup"]),
    });
    hall.apply(makeSnapshot([makeCall("101")]));
    const card = makeCall("501", { counter: "7", service: "card_pickup" });
    expect(hall.apply(makeEvent(Kind.CALLED, card))).toEqual(["501"]);
    expect(hall.shown).toEqual(["501"]);
  });
});
