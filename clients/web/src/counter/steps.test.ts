import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CompleteTicketRequestSchema,
  CounterService,
  DesignateTicketRequestSchema,
  HoldTicketRequestSchema,
  TransferTicketRequest_Position,
} from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  Counter_Activity,
  CounterSchema,
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { undoOfferedMs } from "./desk";
import { unknownFloor, type Floor } from "./floor";
import {
  lastRequest,
  office,
  OfficeInMemory,
  refused,
} from "./office_in_memory";
import { spoken, type Sentence } from "./sentence";
import { Steps } from "./steps";
import type { Sending } from "./send";

let hall: OfficeInMemory;
let said: string[];
let sending: Sending[];
let now: number;
let end: AbortController;
let steps: Steps;

const toConsult = {
  service: "consult",
  toCounter: "",
  toOffice: "",
  position: TransferTicketRequest_Position.BY_ARRIVAL,
  note: "",
};

beforeEach(async () => {
  hall = new OfficeInMemory();
  hall.add("101");
  said = [];
  sending = [];
  now = 60_000;
  end = new AbortController();
  steps = new Steps({
    calls: createClient(CounterService, hall.transport),
    office,
    counter: "2",
    staff: "hana",
    say: (sentence: Sentence) => said.push(spoken(sentence, "en")),
    onDesk: () => {},
    onSending: (how) => sending.push(how),
    now: () => now,
    signal: end.signal,
  });
  await steps.open(false);
});
afterEach(() => end.abort());

/** The ticket at the counter. */
function here(): Ticket {
  if (steps.desk.ticket === undefined) throw new Error("no ticket here");
  return steps.desk.ticket;
}

async function serve(): Promise<void> {
  await steps.callNext();
  await steps.start(here());
}

/** What a look that began `afterMs` after the last step finds at the counter. */
function look(
  afterMs: number,
  counter: { open: boolean; session: bigint },
): Floor {
  return {
    ...unknownFloor,
    lists: {
      counters: [
        create(CounterSchema, { name: `${office}/counters/2`, ...counter }),
      ],
      parked: [],
      missed: [],
      officeTime: undefined,
      askedAt: now + afterMs,
    },
  };
}

test("each step on a ticket names counter, session and version", async () => {
  await serve();
  const { version } = here();
  await steps.hold(here(), { reason: "form", toCounter: true, minutes: 10 });
  const request = lastRequest(hall, "holdTicket", HoldTicketRequestSchema);
  expect(request).toMatchObject({
    ticket: `${office}/tickets/101`,
    counter: `${office}/counters/2`,
    session: 7n,
    expectedVersion: version,
    reason: "form",
    toCounter: true,
  });
  expect(request.duration?.seconds).toBe(600n);
  expect(request.requestId).toHaveLength(36);
});

test("an unknown outcome is asked for again with the same id, and calls once", async () => {
  hall.add("102");
  hall.faults.push("lost", "reply_lost");
  await steps.callNext();
  expect(hall.sent).toEqual([
    "openCounter",
    ...Array(3).fill("callNextTicket"),
  ]);
  const [opening, ...calls] = hall.ids;
  expect(new Set(calls).size).toBe(1);
  expect(calls[0]).not.toBe(opening);
  expect(here().number).toBe("101");
  expect(hall.ticket("102").state).toBe(Ticket_State.WAITING);
  expect(said.filter((one) => one.includes("Asking again"))).toHaveLength(1);
  expect(sending.slice(-4)).toEqual(["sent", "repeated", "repeated", "no"]);
});

test("absent, finish and transfer are offered to be taken back", async () => {
  await steps.callNext();
  expect(steps.desk.undo).toBeUndefined();
  await steps.markAbsent(here());
  expect(steps.desk.undo).toMatchObject({ step: "absent", number: "101" });
  hall.add("102");
  await serve();
  expect(steps.desk.undo).toBeUndefined();
  await steps.complete(here(), "", false);
  expect(steps.desk.undo?.step).toBe("complete");
  hall.add("103");
  await steps.callNext();
  await steps.transfer(here(), toConsult);
  expect(steps.desk.undo?.step).toBe("transfer");
  expect(steps.desk.ticket).toBeUndefined();
});

test("the offer to undo runs out", async () => {
  await steps.callNext();
  await steps.markAbsent(here());
  now += undoOfferedMs - 1;
  steps.notice(unknownFloor);
  expect(steps.desk.undo).toBeDefined();
  now += 1;
  steps.notice(unknownFloor);
  expect(steps.desk.undo).toBeUndefined();
});

test("undo brings the visitor back", async () => {
  await steps.callNext();
  await steps.markAbsent(here());
  expect(await steps.undo()).toBe(true);
  expect(here().state).toBe(Ticket_State.CALLED);
  expect(steps.desk.undo).toBeUndefined();
  expect(said).toContain("Ticket 101 is as it was before.");
});

test("undo of a transfer of another ticket leaves the counter free", async () => {
  await steps.transfer(hall.ticket("101"), toConsult);
  expect(await steps.undo()).toBe(true);
  expect(steps.desk.ticket).toBeUndefined();
});

test("an undo that came too late is not offered again", async () => {
  await steps.callNext();
  await steps.markAbsent(here());
  hall.faults.push(refused("NOTHING_TO_UNDO"));
  expect(await steps.undo()).toBe(false);
  expect(steps.desk.undo).toBeUndefined();
});

test("a finish with paperwork keeps the counter busy until it ends", async () => {
  await serve();
  await steps.complete(here(), "issued", true);
  const request = lastRequest(
    hall,
    "completeTicket",
    CompleteTicketRequestSchema,
  );
  expect(request).toMatchObject({ wrapUp: true, outcome: "issued" });
  expect(steps.desk.activity).toBe(Counter_Activity.WRAP_UP);
  expect(await steps.goOn()).toBe(true);
  expect(steps.desk.activity).toBe(Counter_Activity.READY);
});

test("a visit with further services says that it goes on", async () => {
  await serve();
  hall.completed = Ticket_State.WAITING;
  await steps.complete(here(), "", false);
  expect(said).toContain("Ticket 101 waits for its next service.");
});

test("a visitor on hold leaves the counter and comes back to it", async () => {
  await serve();
  await steps.hold(here(), { reason: "form", toCounter: false });
  expect(steps.desk.ticket).toBeUndefined();
  expect(steps.desk.undo).toBeUndefined();
  expect(await steps.resume(hall.ticket("101"), false)).toBe(true);
  expect(here().state).toBe(Ticket_State.SERVING);
});

test("whoever is let wait again is not at the counter", async () => {
  const away = hall.add("105", { state: Ticket_State.ON_HOLD });
  expect(await steps.resume(away, true)).toBe(true);
  expect(steps.desk.ticket).toBeUndefined();
});

test("a call to pick up says so", async () => {
  await steps.call(hall.add("105", { state: Ticket_State.ON_HOLD }));
  expect(here().pickup).toBe(true);
  expect(said).toContain("Ticket 105 was called to pick something up.");
});

test("a move to another office tells the new number", async () => {
  hall.arrived = "T205";
  await steps.transfer(hall.ticket("101"), toConsult);
  expect(said).toContain(
    "Ticket 101 is number T205 at the other office. Tell the visitor.",
  );
});

test("assist and edit change the ticket that is here, and no other", async () => {
  await serve();
  await steps.setAssist(here(), true);
  expect(here().assist).toBe(true);
  const { version } = here();
  await steps.edit(here(), { language: "en" });
  expect(here()).toMatchObject({ language: "en", version: version + 1n });
  await steps.setAssist(hall.add("102"), true);
  expect(here().number).toBe("101");
});

test("designating is no step of this counter", async () => {
  await steps.callNext();
  await steps.markAbsent(here());
  expect(await steps.designate(hall.add("102"), "5")).toBe(true);
  expect(
    lastRequest(hall, "designateTicket", DesignateTicketRequestSchema),
  ).toMatchObject({ counter: `${office}/counters/5`, staff: "hana" });
  expect(steps.desk.undo).toBeDefined();
});

test("a look that began before the last step says nothing", async () => {
  await steps.callNext();
  steps.notice(look(-1, { open: true, session: 7n }));
  expect(steps.desk.ticket).toBeDefined();
  steps.notice(look(1, { open: true, session: 7n }));
  expect(steps.desk.ticket).toBeUndefined();
});

test("a look finds out that the counter was taken, and says it once", () => {
  const told =
    "Another terminal has taken this counter. Press x to take it back.";
  steps.notice(look(1, { open: true, session: 8n }));
  expect(steps.desk.takenOver).toBe(true);
  steps.notice(look(2, { open: true, session: 8n }));
  expect(said.filter((one) => one === told)).toHaveLength(1);
});

test("a refusal that shows an error of ours makes it look again", async () => {
  await serve();
  delete hall.counter("2").ticket;
  hall.faults.push(refused("TICKET_CHANGED"));
  expect(await steps.complete(here(), "", false)).toBe(false);
  expect(steps.desk.ticket).toBeUndefined();
  expect(said).toContain("Showing what is true now.");
});

test("a refusal that changes nothing keeps the ticket", async () => {
  await steps.callNext();
  hall.faults.push(refused("RECALL_REQUIRED", { required: "1" }));
  expect(await steps.markAbsent(here())).toBe(false);
  expect(here().state).toBe(Ticket_State.CALLED);
  expect(said).toContain("Recalls needed before absent: 1. Press r.");
  expect(said).not.toContain("Showing what is true now.");
});

test("a press that calls nobody ends paperwork and says why", async () => {
  await serve();
  await steps.complete(here(), "", true);
  await steps.callNext();
  expect(steps.desk.activity).toBe(Counter_Activity.READY);
  expect(said.at(-1)).toBe("The reason.");
});

test("a counter in use is not taken unasked", async () => {
  hall.counter("2").session += 7n;
  await steps.callNext();
  expect(steps.desk).toMatchObject({ open: false, takenOver: true });
  expect(await steps.open(false)).toBe("taken");
  expect(steps.desk.open).toBe(false);
  expect(await steps.open(true)).toBe("done");
  expect(steps.desk).toMatchObject({ open: true, takenOver: false });
});

test("what cannot be asked is said, and nothing is repeated", async () => {
  expect(await steps.find("999")).toBeUndefined();
  expect(said.at(-1)).toBe("That number was not used today.");
});
