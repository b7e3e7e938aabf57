import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  Counter_Activity,
  CounterSchema,
  Ticket_State,
  TicketSchema,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { adopt, closedDesk, nextStep, refusal, type Desk } from "./desk";
import { commands, keyOf } from "./keys";

const freeDesk: Desk = { ...closedDesk("2", "hana"), open: true, session: 7n };
const takenDesk: Desk = { ...closedDesk("2", "hana"), takenOver: true };

function ticket(state: Ticket_State, version = 3n, name = "t1") {
  return create(TicketSchema, {
    name: `offices/honcho/tickets/${name}`,
    number: "101",
    state,
    version,
  });
}

const deskWith = (state: Ticket_State): Desk => ({
  ...freeDesk,
  ticket: ticket(state),
});
const deskDoing = (activity: Counter_Activity): Desk => ({
  ...freeDesk,
  activity,
});
const serverSays = (desk: Desk) =>
  create(CounterSchema, {
    open: true,
    session: 7n,
    activity: Counter_Activity.READY,
    ...(desk.ticket === undefined ? {} : { ticket: desk.ticket }),
  });

/** The keys that a desk refuses, in the order of a visit. */
const refused = (desk: Desk) =>
  commands
    .filter((command) => refusal(desk, command) !== undefined)
    .map((command) => keyOf(command)[0])
    .join("");

// Every command in every state: what is not listed is lawful.
test("each state refuses what makes no sense in it", () => {
  expect(refused(closedDesk("2", "hana"))).toBe("nsc1joCwhtrauv/kzmgepbi");
  expect(refused(takenDesk)).toBe("nsc1joCwhtrauv/kzmgepbi");
  expect(refused(freeDesk)).toBe("sc1joCwhraux");
  expect(refused(deskDoing(Counter_Activity.PAUSED))).toBe("nsc1joCwhrauvx");
  expect(refused(deskDoing(Counter_Activity.WRAP_UP))).toBe("sc1joChraux");
  expect(refused(deskWith(Ticket_State.CALLED))).toBe("nc1joCwhuvpxq");
  expect(refused(deskWith(Ticket_State.SERVING))).toBe("nsrauvpxq");
});

test("the large button does the next lawful step", () => {
  const expected: [Desk, string][] = [
    [closedDesk("2", "hana"), "take_over"],
    [takenDesk, "take_over"],
    [freeDesk, "call_next"],
    [deskDoing(Counter_Activity.PAUSED), "pause"],
    [deskDoing(Counter_Activity.WRAP_UP), "call_next"],
    [deskWith(Ticket_State.CALLED), "start"],
    [deskWith(Ticket_State.SERVING), "complete"],
  ];
  for (const [desk, command] of expected) {
    expect(nextStep(desk)).toBe(command);
    expect(refusal(desk, nextStep(desk))).toBeUndefined();
  }
});

test("a step can be taken back where one is", () => {
  expect(refusal(freeDesk, "undo")).toBe("counter.nothing_to_undo");
  const undo = { step: "absent", number: "101", until: 0 } as const;
  expect(refusal({ ...freeDesk, undo }, "undo")).toBeUndefined();
});

test("says what to do instead", () => {
  const serving = deskWith(Ticket_State.SERVING);
  const called = deskWith(Ticket_State.CALLED);
  expect(refusal(freeDesk, "start")).toBe("counter.no_ticket");
  expect(refusal(freeDesk, "hold")).toBe("counter.no_ticket");
  expect(refusal(called, "complete")).toBe("counter.not_yet_serving");
  expect(refusal(serving, "absent")).toBe("counter.already_serving");
  expect(refusal(serving, "call_next")).toBe("counter.finish_serving");
  expect(refusal(called, "serve_visitor")).toBe("counter.finish_called");
  expect(refusal(serving, "pause")).toBe("counter.finish_before_pause");
  expect(refusal(called, "quit")).toBe("counter.finish_before_closing");
  expect(refusal(deskDoing(Counter_Activity.PAUSED), "call_next")).toBe(
    "counter.paused_now",
  );
  expect(refusal(freeDesk, "take_over")).toBe("counter.already_yours");
  expect(refusal(closedDesk("2", "hana"), "call_next")).toBe(
    "counter.not_open",
  );
  expect(refusal(takenDesk, "call_next")).toBe("counter.taken_over");
});

test("a counter taken over or closed is no longer ours", () => {
  const held = deskWith(Ticket_State.SERVING);
  const taken = adopt(held, { ...serverSays(freeDesk), session: 8n });
  expect(taken).toMatchObject({ open: false, takenOver: true });
  expect(taken.ticket).toBeUndefined();

  const closed = adopt(freeDesk, { ...serverSays(freeDesk), open: false });
  expect(closed).toMatchObject({ open: false, takenOver: false });
  // What is not open here is not opened by looking.
  expect(adopt(closed, serverSays(freeDesk)).open).toBe(false);
});

test("the ticket never goes back to an earlier version", () => {
  const desk = deskWith(Ticket_State.SERVING);
  const counter = serverSays(desk);
  const says = (said: Parameters<typeof ticket>) =>
    adopt(desk, { ...counter, ticket: ticket(...said) }).ticket;
  expect(says([Ticket_State.CALLED, 2n])?.state).toBe(Ticket_State.SERVING);
  expect(says([Ticket_State.CALLED, 4n])?.state).toBe(Ticket_State.CALLED);
  expect(says([Ticket_State.CALLED, 1n, "t2"])?.version).toBe(1n);
  expect(adopt(desk, serverSays(freeDesk)).ticket).toBeUndefined();
});

test("takes the activity and its clock", () => {
  const desk = adopt(freeDesk, {
    ...serverSays(freeDesk),
    activity: Counter_Activity.PAUSED,
    activityReason: "lunch",
    activityStartTime: {
      $typeName: "google.protobuf.Timestamp",
      seconds: 5n,
      nanos: 0,
    },
  });
  expect(desk.activity).toBe(Counter_Activity.PAUSED);
  expect(desk.activityReason).toBe("lunch");
  expect(desk.activityStartTime?.seconds).toBe(5n);
});
