import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { TransferTicketRequest_Position } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  CounterSchema,
  Ticket_State,
  TicketSchema,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { unknownFloor } from "./floor";
import {
  checkEdit,
  checkHold,
  checkTransfer,
  isNote,
  openCounters,
  readNumber,
  whatCanBeDone,
  type TransferDraft,
} from "./questions";
import { lastPart } from "./words";

const hold = { reason: "form", minutes: "", toCounter: false };

test("a hold needs a reason, and no minutes", () => {
  expect(checkHold(hold)).toEqual({
    answer: { reason: "form", toCounter: false },
  });
  expect(checkHold({ ...hold, reason: "" })).toHaveProperty("refused");
  expect(checkHold({ ...hold, minutes: " 15 ", toCounter: true })).toEqual({
    answer: { reason: "form", toCounter: true, minutes: 15 },
  });
  expect(checkHold({ ...hold, minutes: "１５" })).toHaveProperty(
    "answer.minutes",
    15,
  );
});

test("minutes that are none are not guessed", () => {
  for (const minutes of [
    "ten",
    "0",
    "-5",
    "1000",
    "10 nowhere",
    "1.5",
    "1e2",
  ]) {
    expect(checkHold({ ...hold, minutes })).toEqual({
      refused: "counter.not_minutes",
    });
  }
});

const draft: TransferDraft = {
  where: "service",
  service: "consult",
  counter: "",
  office: "",
  position: "arrival",
  note: "",
};

test("a transfer to a service, with place and note", () => {
  expect(
    checkTransfer(
      { ...draft, position: "first", note: " bring the blue form " },
      "offices/honcho",
    ),
  ).toEqual({
    answer: {
      service: "consult",
      toCounter: "",
      toOffice: "",
      position: TransferTicketRequest_Position.FIRST,
      note: "bring the blue form",
    },
  });
});

test("a transfer to a counter leaves the service as it is", () => {
  expect(
    checkTransfer(
      { ...draft, where: "counter", counter: "4" },
      "offices/honcho",
    ),
  ).toMatchObject({
    answer: { service: "", toCounter: "offices/honcho/counters/4" },
  });
  expect(
    checkTransfer({ ...draft, where: "counter" }, "offices/honcho"),
  ).toEqual({
    refused: "counter.choose_one",
  });
});

test("a transfer to another office needs a service there", () => {
  const elsewhere: TransferDraft = {
    ...draft,
    where: "office",
    office: "tobu",
  };
  expect(checkTransfer(elsewhere, "offices/honcho")).toMatchObject({
    answer: { service: "consult", toOffice: "offices/tobu" },
  });
  for (const lacking of [{ service: "" }, { office: " " }]) {
    expect(
      checkTransfer({ ...elsewhere, ...lacking }, "offices/honcho"),
    ).toEqual({
      refused: "counter.choose_one",
    });
  }
});

test("open counters but ours are offered", () => {
  const counters = [1, 2, 3, 4].map((id) =>
    create(CounterSchema, {
      name: `offices/honcho/counters/${id}`,
      open: id !== 3,
    }),
  );
  const lists = {
    counters,
    parked: [],
    missed: [],
    officeTime: undefined,
    askedAt: 0,
  };
  const offered = openCounters({ ...unknownFloor, lists }, "2");
  expect(offered.map((counter) => lastPart(counter.name))).toEqual(["1", "4"]);
});

test("an edit sends what differs", () => {
  const ticket = create(TicketSchema, {
    language: "ja",
    service: "consult",
    note: "old",
  });
  const same = { language: "ja", service: "consult", note: "old" };
  expect(checkEdit(ticket, same)).toEqual({
    refused: "counter.nothing_edited",
  });
  expect(checkEdit(ticket, { ...same, language: "en" })).toEqual({
    answer: { language: "en" },
  });
  expect(checkEdit(ticket, { ...same, note: "" })).toEqual({
    answer: { note: "" },
  });
});

test("a note has 80 characters at most and no number of a person", () => {
  expect(isNote("")).toBe(true);
  expect(isNote("あ".repeat(80))).toBe(true);
  expect(isNote("𠮷".repeat(80))).toBe(true);
  expect(isNote("あ".repeat(81))).toBe(false);
  expect(isNote("call 0123456789")).toBe(true);
  for (const note of [
    "12345678901",
    "1234 5678 9012",
    "1234-5678-9012",
    "１２３４５６７８９０１２",
    "1234・5678・9012",
    "two\nlines",
  ]) {
    expect(isNote(note)).toBe(false);
  }
});

test("a number is read with an input method left on", () => {
  expect(readNumber(" ａ１０１ ")).toBe("A101");
});

test("what can be done follows from the state, and nothing with what has ended", () => {
  const of = (state: Ticket_State) =>
    whatCanBeDone(create(TicketSchema, { state }));
  expect(of(Ticket_State.ON_HOLD)[0]).toBe("resume");
  expect(of(Ticket_State.ABSENT)[0]).toBe("back");
  expect(of(Ticket_State.WAITING)[0]).toBe("call");
  expect(of(Ticket_State.COMPLETED)).toEqual([]);
  expect(of(Ticket_State.MOVED)).toEqual([]);
});
