import { createClient } from "@connectrpc/connect";
import { beforeEach, expect, test } from "vitest";
import {
  CallTicketRequestSchema,
  CompleteTicketRequestSchema,
  CounterService,
  DesignateTicketRequestSchema,
  EditTicketRequestSchema,
  OpenCounterRequestSchema,
  PauseCounterRequestSchema,
  ResumeTicketRequestSchema,
  ReturnTicketRequestSchema,
  ServeVisitorRequestSchema,
  TransferTicketRequest_Position,
} from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  Counter_Activity,
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { RenewalService } from "../gen/madoguchi/renewal/v1/renewal_service_pb";
import { CaseClerk } from "./cases/case_clerk";
import { CaseSteps } from "./cases/case_steps";
import { Clerk, type Ask } from "./clerk";
import { lookAtFloor, unknownFloor, type Floor } from "./floor";
import type { Command } from "./keys";
import {
  lastRequest,
  office,
  OfficeInMemory,
  refused,
} from "./office_in_memory";
import type { Question } from "./questions";
import { spoken, type Sentence } from "./sentence";
import { Steps } from "./steps";

let hall: OfficeInMemory;
let said: string[];
/** What was asked, and what is answered, in order; then everything is given up. */
let asked: Question[];
let answers: unknown[];
/** What every question of yes or no is answered with. */
let agrees: boolean;
let floor: Floor;
let steps: Steps;
let clerk: Clerk;

beforeEach(async () => {
  hall = new OfficeInMemory();
  hall.add("101");
  said = [];
  asked = [];
  answers = [];
  agrees = true;
  floor = unknownFloor;
  const calls = createClient(CounterService, hall.transport);
  steps = new Steps({
    calls,
    office,
    counter: "2",
    staff: "hana",
    say: (sentence) => said.push(spoken(sentence, "en")),
    onDesk: () => {},
    onSending: () => {},
    now: () => 60_000,
    signal: new AbortController().signal,
  });
  const ask: Ask = async (question) => {
    asked.push(question);
    if (question.kind === "confirm")
      return (agrees ? true : undefined) as never;
    return answers.shift() as never;
  };
  const person = {
    say: (sentence: Sentence) => said.push(spoken(sentence, "en")),
    ask,
  };
  const cases = new CaseClerk(
    new CaseSteps({
      calls: createClient(RenewalService, hall.transport),
      office,
      counter: "2",
      staff: "hana",
      say: person.say,
      onBoard: () => {},
      onSending: () => {},
      signal: new AbortController().signal,
    }),
    person,
  );
  clerk = new Clerk(
    steps,
    person,
    ["done", "issued"],
    () => floor,
    cases,
    () => false,
  );
  await press("take_over");
  hall.sent.length = 0;
});

const press = (command: Command, place?: number) =>
  clerk.press(place === undefined ? { command } : { command, place });

async function presses(...commands: Command[]): Promise<void> {
  for (const command of commands) await press(command);
}

async function serve(): Promise<void> {
  await presses("call_next", "start");
  hall.sent.length = 0;
}

/** Has a ticket in the office that is in `state`, as a list would show it. */
function away(number: string, state: Ticket_State): Ticket {
  return { ...hall.add(number, { state }) };
}

const confirmed = () => asked.filter((question) => question.kind === "confirm");

test("a visit from opening to closing", async () => {
  await presses("call_next", "recall", "start");
  answers = ["issued"];
  await presses("complete_as", "quit");
  expect(hall.sent).toEqual([
    "callNextTicket",
    "recallTicket",
    "startServing",
    "completeTicket",
    "closeCounter",
  ]);
  expect(
    lastRequest(hall, "completeTicket", CompleteTicketRequestSchema).outcome,
  ).toBe("issued");
  expect(steps.desk.open).toBe(false);
  expect(said).toContain("Ticket 101 was called.");
});

test("what makes no sense is not sent", async () => {
  await presses(
    "recall",
    "start",
    "complete",
    "absent",
    "hold",
    "undo",
    "wrap_up",
    "take_over",
  );
  expect(hall.sent).toEqual([]);
  await presses(
    "call_next",
    "call_next",
    "complete",
    "quit",
    "pause",
    "serve_visitor",
  );
  expect(hall.sent).toEqual(["callNextTicket"]);
});

test("calling while serving asks to stay or to finish and call", async () => {
  await serve();
  hall.add("102");
  agrees = false;
  await press("call_next");
  expect(hall.sent).toEqual([]);
  expect(steps.desk.ticket?.state).toBe(Ticket_State.SERVING);
  agrees = true;
  await press("call_next");
  expect(hall.sent).toEqual(["completeTicket", "callNextTicket"]);
  expect(confirmed()).toHaveLength(2);
});

test("a click on another visitor while serving asks the same", async () => {
  await serve();
  const waiting = away("102", Ticket_State.WAITING);
  answers = ["call"];
  agrees = false;
  await clerk.dealWith(waiting);
  expect(hall.sent).toEqual([]);
  answers = ["call"];
  agrees = true;
  await clerk.dealWith(waiting);
  expect(hall.sent).toEqual(["completeTicket", "callTicket"]);
  expect(steps.desk.ticket?.number).toBe("102");
});

test("a finish that is refused calls nobody", async () => {
  await serve();
  hall.faults.push(refused("OUTCOME_INVALID"));
  await press("call_next");
  expect(hall.sent).toEqual(["completeTicket"]);
});

test("absent is asked once", async () => {
  await press("call_next");
  agrees = false;
  await press("absent");
  expect(hall.sent).not.toContain("markAbsent");
  agrees = true;
  await press("absent");
  expect(hall.sent).toContain("markAbsent");
  await press("undo");
  expect(steps.desk.ticket?.state).toBe(Ticket_State.CALLED);
});

test("a move to another office is asked once, other transfers are not", async () => {
  await serve();
  const answer = {
    service: "consult",
    toCounter: "",
    position: TransferTicketRequest_Position.LAST,
    note: "",
  };
  agrees = false;
  answers = [
    { ...answer, toOffice: "offices/tobu" },
    { ...answer, toOffice: "" },
  ];
  await press("transfer");
  expect(hall.sent).toEqual([]);
  await press("transfer");
  expect(hall.sent).toEqual(["transferTicket"]);
  expect(confirmed()).toHaveLength(1);
});

test("the last counter that can call is warned before it pauses", async () => {
  agrees = false;
  answers = ["lunch"];
  await press("pause");
  expect(confirmed()).toEqual([]);
  await press("pause");
  hall.sent.length = 0;
  floor = {
    ...floor,
    lists: await lookAtFloor(
      createClient(CounterService, hall.transport),
      office,
      0,
      {},
    ),
  };
  answers = ["lunch"];
  await press("pause");
  expect(hall.sent).toEqual([]);
  expect(confirmed()).toHaveLength(1);
  agrees = true;
  await press("pause");
  expect(
    lastRequest(hall, "pauseCounter", PauseCounterRequestSchema).reason,
  ).toBe("lunch");
  expect(steps.desk.activity).toBe(Counter_Activity.PAUSED);
  await press("call_next");
  expect(said.at(-1)).toBe(
    "The counter is paused. Press p to go on, then call.",
  );
  await press("pause");
  expect(hall.sent).toEqual(["pauseCounter", "resumeCounter"]);
});

test("a pause without a reason is none", async () => {
  await press("pause");
  expect(hall.sent).toEqual([]);
});

test("paperwork is begun and ended with one key", async () => {
  await serve();
  await press("wrap_up");
  expect(steps.desk.activity).toBe(Counter_Activity.WRAP_UP);
  await press("wrap_up");
  expect(steps.desk.activity).toBe(Counter_Activity.READY);
  expect(hall.sent).toEqual(["completeTicket", "resumeCounter"]);
});

test("a digit finishes with its outcome", async () => {
  await serve();
  await press("outcome", 9);
  expect(hall.sent).toEqual([]);
  await press("outcome", 2);
  expect(
    lastRequest(hall, "completeTicket", CompleteTicketRequestSchema).outcome,
  ).toBe("issued");
});

test("a visitor without a number is served", async () => {
  answers = [{ service: "consult", language: "en" }];
  await press("serve_visitor");
  expect(
    lastRequest(hall, "serveVisitor", ServeVisitorRequestSchema),
  ).toMatchObject({
    service: "consult",
    language: "en",
  });
  expect(steps.desk.ticket?.state).toBe(Ticket_State.SERVING);
});

test("a number is found and called", async () => {
  answers = ["101", "call"];
  await press("find");
  expect(hall.sent).toEqual(["callTicket"]);
  expect(lastRequest(hall, "callTicket", CallTicketRequestSchema).ticket).toBe(
    `${office}/tickets/101`,
  );
  expect(steps.desk.ticket?.state).toBe(Ticket_State.CALLED);
});

test("with a number that has ended nothing can be done", async () => {
  away("109", Ticket_State.COMPLETED);
  answers = ["109"];
  await press("find");
  expect(hall.sent).toEqual([]);
  expect(said.at(-1)).toBe("Nothing can be done with that ticket now.");
});

test("whoever is on hold is listed and served again", async () => {
  await press("parked");
  expect(said.at(-1)).toBe("No number is on hold.");
  away("103", Ticket_State.ABSENT);
  const parked = away("104", Ticket_State.ON_HOLD);
  answers = [parked, "resume"];
  await press("parked");
  const list = asked.find((question) => question.kind === "ticket");
  expect(
    list?.kind === "ticket" && list.tickets.map((one) => one.number),
  ).toEqual(["104"]);
  expect(hall.sent).toEqual(["resumeTicket"]);
  expect(steps.desk.ticket?.number).toBe("104");
});

test("whoever is on hold can be let wait", async () => {
  answers = [away("104", Ticket_State.ON_HOLD), "wait"];
  await press("parked");
  expect(
    lastRequest(hall, "resumeTicket", ResumeTicketRequestSchema).wait,
  ).toBe(true);
  expect(steps.desk.ticket).toBeUndefined();
});

test("a missed number is let back or called", async () => {
  answers = [away("104", Ticket_State.ABSENT), "back"];
  await press("missed");
  answers = [away("105", Ticket_State.ABSENT), "call"];
  await press("missed");
  expect(hall.sent).toEqual(["returnTicket", "callTicket"]);
});

test("assist is toggled at the counter or by number", async () => {
  await serve();
  await press("assist");
  expect(steps.desk.ticket?.assist).toBe(true);
  await press("assist");
  expect(steps.desk.ticket?.assist).toBe(false);
  await press("complete");
  hall.add("105");
  answers = ["105"];
  await press("assist");
  expect(hall.ticket("105").assist).toBe(true);
});

test("a ticket is corrected", async () => {
  await serve();
  answers = [{ language: "ja-easy" }];
  await press("edit");
  const request = lastRequest(hall, "editTicket", EditTicketRequestSchema);
  expect(request.language).toBe("ja-easy");
  expect(request.note).toBeUndefined();
});

test("a supervisor designates a number for a counter", async () => {
  answers = ["101", "5"];
  await press("designate");
  expect(
    lastRequest(hall, "designateTicket", DesignateTicketRequestSchema).counter,
  ).toBe(`${office}/counters/5`);
});

test("an absent visitor is let back", async () => {
  await press("return");
  expect(said).toContain("No number is absent.");
  away("103", Ticket_State.ABSENT);
  answers = [away("104", Ticket_State.ABSENT)];
  await press("return");
  expect(
    lastRequest(hall, "returnTicket", ReturnTicketRequestSchema).ticket,
  ).toBe(`${office}/tickets/104`);
});

test("a taken counter is no longer acted on, and one key takes it back", async () => {
  await press("call_next");
  hall.counter("2").session += 7n;
  await press("start");
  expect(steps.desk.takenOver).toBe(true);
  hall.sent.length = 0;
  await presses("call_next", "transfer", "assist", "pause");
  expect(hall.sent).toEqual([]);
  await press("take_over");
  expect(steps.desk).toMatchObject({ open: true, takenOver: false });
  expect(steps.desk.ticket?.number).toBe("101");
});

test("a counter in use is taken over only if the clerk agrees", async () => {
  await press("quit");
  hall.counter("2").open = true;
  agrees = false;
  await press("take_over");
  expect(steps.desk.open).toBe(false);
  agrees = true;
  await press("take_over");
  expect(steps.desk.open).toBe(true);
  expect(
    lastRequest(hall, "openCounter", OpenCounterRequestSchema).takeOver,
  ).toBe(true);
});
