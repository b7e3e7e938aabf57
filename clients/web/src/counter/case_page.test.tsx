// @vitest-environment happy-dom
import { createClient } from "@connectrpc/connect";
import {
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  Answers_Pin as Pin,
  Renewal_State as State,
} from "../gen/madoguchi/renewal/v1/renewal_pb";
import { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import { DisplayService } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { parseAddress } from "../shared/address";
import { CasesInMemory } from "./cases/cases_in_memory";
import { CounterApp } from "./CounterApp";
import { OfficeInMemory } from "./office_in_memory";

configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

let hall: OfficeInMemory;
let cases: CasesInMemory;

beforeEach(() => {
  hall = new OfficeInMemory();
  hall.add("101");
  cases = new CasesInMemory();
  // What renewal asks of ticketing.
  cases.onComplete = () => leave(Ticket_State.COMPLETED);
  cases.onHold = () => leave(Ticket_State.ON_HOLD);
  sessionStorage.clear();
});
afterEach(cleanup);

function leave(state: Ticket_State): void {
  const ticket = hall.ticket("101");
  ticket.state = state;
  ticket.version += 1n;
  delete hall.counter("2").ticket;
}

const card = () => document.querySelector<HTMLElement>(".card");
const next = () => document.querySelector<HTMLElement>(".next-step")?.textContent;
const question = () =>
  document.querySelector<HTMLDialogElement>("dialog")?.dataset["question"];

function key(name: string): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
}

async function asked(kind: string | undefined): Promise<void> {
  await waitFor(() => expect(question()).toBe(kind));
}

/** Waits for the words of the large button. */
async function offers(words: RegExp): Promise<void> {
  await waitFor(() => expect(next()).toMatch(words));
}

/**
 * Presses the key for the next step until the button says `words`: so soon after a
 * step it is taken for a double press, and rightly ignored.
 */
async function goOn(words: RegExp): Promise<void> {
  await waitFor(() => {
    if (!words.test(next() ?? "")) key("j");
    expect(next()).toMatch(words);
  });
}

/** Presses `name` until a dialog asks. */
async function opens(name: string, kind: string): Promise<void> {
  await waitFor(() => {
    if (question() === undefined) key(name);
    expect(question()).toBe(kind);
  });
}

/** Opens the counter in English and serves the first visitor. */
async function serve(): Promise<void> {
  const { transport } = hall;
  render(
    <CounterApp
      house={{
        address: parseAddress("?office=honcho&counter=2&staff=hana&lang=en"),
        calls: createClient(CounterService, transport),
        cases: cases.calls,
        display: createClient(DisplayService, transport),
        storage: sessionStorage,
        remember: () => {},
      }}
    />,
  );
  for (const [name, state] of [
    ["x", "free"],
    ["n", "called"],
    ["s", "serving"],
  ] as const) {
    key(name);
    await waitFor(() => expect(card()?.dataset["state"]).toBe(state));
  }
}

/** Serves, and begins a case as it is prefilled. */
async function begin(): Promise<void> {
  await serve();
  await offers(/Begin the renewal/);
  await opens("j", "case_answers");
  submit();
  await offers(/Check the card/);
}

function submit(): void {
  const form = screen.getByRole("dialog").querySelector("form");
  fireEvent.submit(form as HTMLElement);
}

test("a renewal goes from step to step with one key, and ends the visit", async () => {
  await begin();
  await goOn(/PIN entered/);
  expect(screen.getByText(/Do not tell anyone your PIN/)).toBeTruthy();
  await goOn(/Begin issuing/);
  await goOn(/Enter the result/);
  await opens("j", "case_result");
  key("1");
  await offers(/Give the card back/);
  await goOn(/Finish and complete/);
  await opens("j", "told");
  expect(screen.getByText("Your certificates are renewed")).toBeTruthy();
  // The visitor's language, too.
  expect(screen.getByText("電子証明書を更新しました")).toBeTruthy();
  key("Escape");
  await waitFor(() => expect(card()?.dataset["state"]).toBe("free"));
  expect(cases.sent).toEqual([
    "start",
    "CHECK_CARD DONE",
    "ENTER_PIN DONE",
    "request",
    "ISSUE ISSUED",
    "RETURN_CARD DONE",
    "finish ticket",
  ]);
});

test("a double press takes one step", async () => {
  await begin();
  await goOn(/PIN entered/);
  key("j");
  await screen.findByText(/Pressed twice/);
  expect(cases.sent).toEqual(["start", "CHECK_CARD DONE"]);
});

test("a digit turns an answer before the case begins", async () => {
  await serve();
  await offers(/Begin the renewal/);
  await opens("j", "case_answers");
  key("6");
  submit();
  await offers(/Check the card/);
  expect(cases.starts[0]?.answers?.pin).toBe(Pin.FORGOTTEN);
  expect(cases.starts[0]?.person).toBe(1);
});

test("before the last try a reset is offered, and goes on as one", async () => {
  await begin();
  await goOn(/PIN entered/);
  await opens("o", "case_deal");
  key("1");
  await asked("wrong_pin");
  key("2");
  await asked("confirm");
  key("y");
  await offers(/Reset the PIN/);
  expect(cases.sent.slice(-2)).toEqual([
    "ENTER_PIN WRONG_PIN",
    "ENTER_PIN RESET_CHOSEN",
  ]);
});

test("when nobody can tell whether it was issued, a clerk looks", async () => {
  await begin();
  await goOn(/PIN entered/);
  await goOn(/Begin issuing/);
  await goOn(/Enter the result/);
  await opens("j", "case_result");
  key("4");
  await screen.findByText(/Look at the national terminal/);
  await offers(/Enter the result/);
});

test("a family is served on one ticket, which ends with the last", async () => {
  await begin();
  await opens("o", "case_deal");
  fireEvent.click(screen.getByText("Begin for another person"));
  await asked("case_answers");
  submit();
  await screen.findByText(/Person 2/);
  cases.sent.length = 0;
  await goOn(/PIN entered/);
  await goOn(/Begin issuing/);
  await goOn(/Enter the result/);
  await opens("j", "case_result");
  key("1");
  await offers(/Give the card back/);
  await goOn(/Finish this person/);
  await opens("j", "told");
  key("Escape");
  await offers(/Check the card/);
  expect(cases.sent.at(-1)).toBe("finish");
  expect(card()?.dataset["state"]).toBe("serving");
});

test("a case that is parked waits with its ticket, and is chosen to go on", async () => {
  await begin();
  await opens("o", "case_deal");
  key("1");
  await asked("told");
  expect(screen.getByText(/You keep your place/)).toBeTruthy();
  key("Escape");
  await waitFor(() => expect(card()?.dataset["state"]).toBe("free"));
  await opens("z", "case");
  expect(screen.getByText("101-1")).toBeTruthy();
  key("1");
  await waitFor(() => expect(cases.sent.at(-1)).toBe("resume"));
});

test.each([
  ["with the one key", () => key("j")],
  ["from the list", () => opens("z", "case").then(() => key("1"))],
])("who was parked and is called again goes on: %s", async (_, press) => {
  cases.add("101-1", { state: State.PARKED });
  await serve();
  await offers(/Go on with the parked renewal/);
  await press();
  await offers(/Check the card/);
  expect(cases.sent).toEqual(["resume"]);
  expect(card()?.dataset["state"]).toBe("serving");
});

test("custody is offered until the office says that it keeps no cards", async () => {
  await begin();
  await opens("o", "case_deal");
  fireEvent.click(screen.getByText(/Keep the card/));
  await asked(undefined);
  await opens("o", "case_deal");
  expect(screen.queryByText(/Keep the card/)).toBeNull();
});

test("a case is abandoned with a code, and completing asks while one is open", async () => {
  await begin();
  await opens("c", "confirm");
  key("n");
  await asked(undefined);
  await opens("o", "case_deal");
  fireEvent.click(screen.getByText("Abandon the renewal"));
  await asked("case_code");
  key("2");
  await waitFor(() => expect(cases.sent.at(-1)).toBe("abandon visitor_left"));
  await offers(/^cComplete$/);
});

test("staff say how the national system does", async () => {
  await serve();
  await screen.findByText("works");
  fireEvent.click(screen.getByRole("button", { name: "It is down" }));
  await screen.findByText("is down: ask for nothing");
  await opens("i", "upstream");
  key("3");
  await screen.findByText("works");
  expect(cases.sent).toEqual(["report 1", "report 3"]);
});

test("without word of the national system the line is empty and all goes on", async () => {
  cases.upstream = undefined;
  await begin();
  expect(document.querySelector(".upstream-state")).toBeNull();
});

test("parked cases of the office are counted", async () => {
  cases.add("090-1", { state: State.PARKED });
  await serve();
  await screen.findByText("Parked renewals: 1");
});
