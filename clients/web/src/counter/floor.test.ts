import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  OfficeEvent_Kind,
  OfficeUpdateSchema,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import {
  Counter_Activity,
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import {
  areListsStale,
  lookAtFloor,
  officeClock,
  othersAbleToCall,
  putLists,
  takeUpdate,
  unknownFloor,
  type FloorLists,
} from "./floor";
import { office, OfficeInMemory } from "./office_in_memory";

const time = (seconds: bigint) => ({
  $typeName: "google.protobuf.Timestamp" as const,
  seconds,
  nanos: 0,
});
const at = 3_600_000;
const known = takeUpdate(
  unknownFloor,
  create(OfficeUpdateSchema, {
    officeTime: time(1_000n),
    update: {
      case: "snapshot",
      value: { services: [{ service: "renew_self", waitingCount: 3 }] },
    },
  }),
  at,
);
const noLists: FloorLists = {
  counters: [],
  parked: [],
  missed: [],
  officeTime: time(1_000n),
  askedAt: 5,
};

function event(value: { kind: OfficeEvent_Kind; waitingCount?: number }) {
  const services =
    value.waitingCount === undefined
      ? []
      : [{ service: "renew_self", waitingCount: value.waitingCount }];
  return create(OfficeUpdateSchema, {
    officeTime: time(1_001n),
    update: { case: "event", value: { kind: value.kind, services } },
  });
}

test("the soonest deadline and the last missed come first", async () => {
  const hall = new OfficeInMemory();
  const add = (number: string, state: Ticket_State, seconds: bigint) => {
    const hold = { deadlineTime: time(seconds) } as NonNullable<Ticket["hold"]>;
    hall.add(number, { state, hold, endTime: time(seconds) });
  };
  add("101", Ticket_State.ON_HOLD, 300n);
  add("102", Ticket_State.ABSENT, 10n);
  add("103", Ticket_State.ON_HOLD, 200n);
  add("104", Ticket_State.ABSENT, 20n);
  add("105", Ticket_State.WAITING, 0n);
  const calls = createClient(CounterService, hall.transport);
  const lists = await lookAtFloor(calls, office, 7, {});
  expect(lists.parked.map((ticket) => ticket.number)).toEqual(["103", "101"]);
  expect(lists.missed.map((ticket) => ticket.number)).toEqual(["104", "102"]);
  expect(lists.counters).toHaveLength(4);
  expect(lists.askedAt).toBe(7);
});

test("counts the open counters that are not paused", () => {
  expect(othersAbleToCall(known, "2")).toBeUndefined();
  const hall = new OfficeInMemory();
  for (const id of ["1", "2", "3"]) hall.counter(id).open = true;
  const floor = putLists(known, { ...noLists, counters: hall.counters });
  expect(othersAbleToCall(floor, "2")).toBe(2);
  hall.counter("1").activity = Counter_Activity.PAUSED;
  expect(othersAbleToCall(floor, "2")).toBe(1);
});

test("follows how many wait", () => {
  const after = takeUpdate(
    known,
    event({ kind: OfficeEvent_Kind.WAITING_CHANGED, waitingCount: 4 }),
    at,
  );
  expect(after.services[0]?.waitingCount).toBe(4);
  expect(known.services[0]?.waitingCount).toBe(3);
});

test("a new day forgets the old", () => {
  const after = takeUpdate(
    putLists(known, noLists),
    event({ kind: OfficeEvent_Kind.DAY_OPENED }),
    at,
  );
  expect(after.services[0]?.waitingCount).toBe(0);
  expect(after.lists).toBeUndefined();
});

test("a look that was overtaken by a later one changes nothing", () => {
  const floor = putLists(known, noLists);
  expect(putLists(floor, { ...noLists, askedAt: 4 })).toBe(floor);
});

// A clock that runs while nothing is heard would hide that nothing is.
test("the clock runs only to the next heartbeat", () => {
  expect(officeClock(known, at)?.seconds).toBe(1_000n);
  expect(officeClock(known, at + 2_000)?.seconds).toBe(1_002n);
  expect(officeClock(known, at + 60_000)?.seconds).toBe(1_003n);
  expect(officeClock(known, at - 5_000)?.seconds).toBe(1_000n);
});

test("lists that are no longer renewed say so", () => {
  const floor = putLists(known, noLists);
  expect(areListsStale(floor, at)).toBe(false);
  const later = takeUpdate(
    floor,
    create(OfficeUpdateSchema, { officeTime: time(1_021n) }),
    at,
  );
  expect(areListsStale(later, at)).toBe(true);
});
