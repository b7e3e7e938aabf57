import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import {
  Renewal_Issuance_State as IssuanceState,
  Renewal_Parking_Reason as ParkReason,
  Renewal_ParkingSchema,
  Renewal_State as State,
  Renewal_StepRecord_Kind as Kind,
  RenewalSchema,
  Step,
  type Renewal,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";
import {
  Upstream_Connector as Connector,
  UpstreamSchema,
} from "../../gen/madoguchi/renewal/v1/upstream_pb";
import { Ticket_State, TicketSchema } from "../../gen/madoguchi/ticketing/v1/ticket_pb";
import {
  dealsOf,
  emptyBoard,
  hasLive,
  nextMove,
  nextPerson,
  pathOf,
  receiptOf,
  withCase,
  type Board,
} from "./board";

const name = "offices/honcho/tickets/t1";
const ticket = create(TicketSchema, {
  name,
  service: "renew_self",
  state: Ticket_State.SERVING,
});
function caseOf(change: Partial<Renewal> = {}, person = 1): Renewal {
  const renewal = create(RenewalSchema, {
    name: `offices/honcho/renewals/t1-${person}`,
    ticket: name,
    person,
    state: State.OPEN,
    path: [Step.CHECK_CARD, Step.ENTER_PIN, Step.ISSUE],
    nextStep: Step.CHECK_CARD,
    version: 1n,
  });
  return Object.assign(renewal, change);
}
function boardOf(...cases: Renewal[]): Board {
  return { ...emptyBoard, isThere: true, ticket: name, cases };
}
function atIssue(state: IssuanceState): Renewal {
  return caseOf({
    nextStep: Step.ISSUE,
    issuance: {
      $typeName: "madoguchi.renewal.v1.Renewal.Issuance",
      attempt: "a",
      refusal: "",
      state,
    },
  });
}

function parkedFor(reason: ParkReason): Renewal {
  const parking = create(Renewal_ParkingSchema, { reason });
  return caseOf({ state: State.PARKED, parking }, 2);
}

describe("the one key for a case", () => {
  it("begins a case for a ticket of a renewal, and for no other", () => {
    expect(nextMove(boardOf(), ticket)).toEqual({ kind: "start", person: 1 });
    expect(nextMove(boardOf(), { ...ticket, service: "consult" })).toBeUndefined();
    expect(nextMove(emptyBoard, ticket)).toBeUndefined();
    expect(
      nextMove(boardOf(), { ...ticket, state: Ticket_State.CALLED }),
    ).toBeUndefined();
    expect(nextMove(boardOf(), undefined)).toBeUndefined();
  });

  it("takes the next lawful step", () => {
    expect(nextMove(boardOf(caseOf()), ticket)).toMatchObject({
      kind: "step",
      step: Step.CHECK_CARD,
    });
  });

  it("asks the authority once, and then for what came of it", () => {
    const none = caseOf({ nextStep: Step.ISSUE });
    expect(nextMove(boardOf(none), ticket)?.kind).toBe("request");
    const kindAt = (state: IssuanceState, connector: Connector) =>
      nextMove(
        {
          ...boardOf(atIssue(state)),
          upstream: create(UpstreamSchema, { connector }),
        },
        ticket,
      )?.kind;
    expect(kindAt(IssuanceState.SENT, Connector.MANUAL)).toBe("result");
    expect(kindAt(IssuanceState.PLANNED, Connector.RPC)).toBe("wait");
    expect(kindAt(IssuanceState.SENT, Connector.RPC)).toBe("wait");
    expect(kindAt(IssuanceState.CHECK_AT_TERMINAL, Connector.RPC)).toBe("result");
  });

  it("asks by hand for what was planned before staff came to ask", () => {
    expect(nextMove(boardOf(atIssue(IssuanceState.PLANNED)), ticket)?.kind).toBe(
      "request",
    );
  });

  it("goes on with what was parked when its visitor is back", () => {
    const parked = parkedFor(ParkReason.UPSTREAM);
    const board = boardOf(caseOf({ state: State.FINISHED }), parked);
    expect(nextMove(board, ticket)).toEqual({ kind: "resume", renewal: parked });
    expect(nextMove(boardOf(caseOf(), parked), ticket)?.kind).toBe("step");
    const called = { ...ticket, state: Ticket_State.CALLED };
    expect(nextMove(board, called)).toBeUndefined();
    // That card waits here without its holder.
    const kept = boardOf(parkedFor(ParkReason.CUSTODY));
    expect(nextMove(kept, ticket)).toBeUndefined();
  });

  it("completes the ticket with the last of a family", () => {
    const done = { nextStep: Step.STEP_UNSPECIFIED };
    expect(nextMove(boardOf(caseOf(done)), ticket)).toMatchObject({
      kind: "finish",
      completes: true,
    });
    const two = boardOf(caseOf(done), caseOf({}, 2));
    expect(nextMove(two, ticket)).toMatchObject({ completes: false });
    const ended = caseOf({ state: State.FINISHED }, 2);
    expect(nextMove(boardOf(caseOf(done), ended), ticket)).toMatchObject({
      completes: true,
    });
  });

  it("does nothing more when all cases have ended", () => {
    const board = boardOf(caseOf({ state: State.FINISHED }));
    expect(nextMove(board, ticket)).toBeUndefined();
    expect(hasLive(board)).toBe(false);
  });

  it("works on a card whose holder has gone home, and completes no ticket", () => {
    const board = {
      ...boardOf(caseOf({ nextStep: Step.STEP_UNSPECIFIED })),
      ofCustody: true,
    };
    expect(nextMove(board, undefined)).toMatchObject({
      kind: "finish",
      completes: false,
    });
    expect(dealsOf(board)).not.toContain("another");
  });
});

describe("what else can be done", () => {
  it("notes a wrong PIN where one is entered, and offers a reset where it helps", () => {
    const pin = caseOf({ nextStep: Step.ENTER_PIN });
    expect(dealsOf(boardOf(pin)).slice(0, 2)).toEqual(["wrong_pin", "reset"]);
    const reset = caseOf({
      nextStep: Step.ENTER_PIN,
      path: [Step.RESET_PIN, Step.ENTER_PIN],
    });
    expect(dealsOf(boardOf(reset))).not.toContain("reset");
    expect(dealsOf(boardOf(caseOf()))).not.toContain("wrong_pin");
  });

  it("abandons nothing of which nobody knows whether it was issued", () => {
    expect(dealsOf(boardOf(atIssue(IssuanceState.SENT)))).not.toContain("abandon");
    expect(dealsOf(boardOf(caseOf()))).toContain("abandon");
  });

  it("offers no custody where the office has none", () => {
    const board = { ...boardOf(caseOf()), offersCustody: false };
    expect(dealsOf(board)).not.toContain("park_custody");
  });

  it("takes nine of a family at most", () => {
    expect(nextPerson(boardOf())).toBe(1);
    expect(nextPerson(boardOf(caseOf({}, 3)))).toBe(4);
    expect(nextPerson(boardOf(caseOf({}, 9)))).toBeUndefined();
  });
});

it("shows what is done, what is next and what comes", () => {
  const renewal = caseOf({
    nextStep: Step.ENTER_PIN,
    steps: [
      {
        $typeName: "madoguchi.renewal.v1.Renewal.StepRecord",
        step: Step.CHECK_CARD,
        kind: Kind.DONE,
        staff: "",
        counter: "",
      },
    ],
  });
  expect(pathOf(renewal).map(({ state }) => state)).toEqual([
    "done",
    "next",
    "later",
  ]);
});

it("never believes an older case, or that of another ticket", () => {
  const board = boardOf(caseOf({ version: 3n }));
  expect(withCase(board, caseOf({ version: 2n }))).toBe(board);
  expect(withCase(board, caseOf({ ticket: "offices/honcho/tickets/t2" }))).toBe(board);
  expect(withCase(board, caseOf({ version: 4n })).cases[0]?.version).toBe(4n);
  expect(receiptOf(caseOf())).toBe("t1-1");
});
