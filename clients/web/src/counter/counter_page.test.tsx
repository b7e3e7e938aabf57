// @vitest-environment happy-dom
import { createClient } from "@connectrpc/connect";
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RenewalService } from "../gen/madoguchi/renewal/v1/renewal_service_pb";
import { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import { DisplayService } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { parseAddress } from "../shared/address";
import { CounterApp, outcomesOf, zoneOf } from "./CounterApp";
import { OfficeInMemory, refused } from "./office_in_memory";

// A machine that builds at the same time is slow.
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

let hall: OfficeInMemory;

beforeEach(() => {
  hall = new OfficeInMemory();
  hall.add("101");
  hall.add("102");
  const service = { service: "renew_self", waitingCount: 2 } as const;
  hall.says({
    case: "snapshot",
    value: {
      services: [
        { ...service, displayName: { ja: "更新", en: "Renewal" } },
        { service: "consult", displayName: { ja: "相談", en: "Advice" } },
      ],
    } as never,
  });
  sessionStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Opens the page in English at counter 2. */
function visit(search = "?office=honcho&counter=2&staff=hana&lang=en") {
  const { transport } = hall;
  return render(
    <CounterApp
      house={{
        address: parseAddress(search),
        calls: createClient(CounterService, transport),
        cases: createClient(RenewalService, transport),
        display: createClient(DisplayService, transport),
        storage: sessionStorage,
        remember: () => {},
      }}
    />,
  );
}

const card = () => document.querySelector<HTMLElement>(".card");
const state = () => card()?.dataset["state"];
const number = () => card()?.dataset["number"];
const question = () =>
  document.querySelector<HTMLDialogElement>("dialog")?.dataset["question"];
const messages = () =>
  screen.getByRole("status", { name: "Messages" }).textContent;

function key(name: string, more: Partial<KeyboardEventInit> = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, {
    key: name,
    ...more,
  });
}

/** Presses a key and waits until the counter is in `after`. */
async function press(name: string, after: string): Promise<void> {
  key(name);
  await waitFor(() => expect(state()).toBe(after));
}

/** Waits until a dialog asks. */
async function asked(kind: string): Promise<void> {
  await waitFor(() => expect(question()).toBe(kind));
}

/** Opens the counter, and calls and starts as far as `until`. */
async function reach(until: "free" | "called" | "serving"): Promise<void> {
  visit();
  await press("x", "free");
  if (until !== "free") await press("n", "called");
  if (until === "serving") await press("s", "serving");
  hall.sent.length = 0;
}

test("nothing is opened or called by looking at the page", async () => {
  visit();
  await screen.findByText("Renewal");
  await waitFor(() =>
    expect(document.querySelector("[data-counter='2']")).toBeTruthy(),
  );
  expect(hall.sent).toEqual([]);
  expect(state()).toBe("closed");
  key("n");
  await waitFor(() => expect(messages()).toContain("Press x to open it"));
  expect(hall.sent).toEqual([]);
});

test("a visit goes from key to key", async () => {
  await reach("free");
  await press(" ", "called");
  expect(number()).toBe("101");
  await press("s", "serving");
  await press("2", "free");
  expect(hall.ticket("101")).toMatchObject({
    state: Ticket_State.COMPLETED,
    outcome: "issued",
  });
});

test("after a reload the counter is taken up again only when the clerk agrees", async () => {
  await reach("serving");
  cleanup();
  visit();
  key("x");
  await asked("confirm");
  expect(document.activeElement?.getAttribute("data-answer")).toBe("no");
  expect(hall.sent).toEqual(["openCounter"]);
  key("n");
  await waitFor(() => expect(question()).toBeUndefined());
  expect(state()).toBe("closed");
  key("x");
  await asked("confirm");
  await press("y", "serving");
  expect(number()).toBe("101");
});

test("keys mean nothing in a field of text, with Ctrl, or held down", async () => {
  await reach("free");
  key("n", { ctrlKey: true });
  key("n", { repeat: true });
  key("/");
  await asked("number");
  const field = screen.getByLabelText("Ticket number");
  expect(document.activeElement).toBe(field);
  key("n");
  expect(hall.sent).toEqual([]);
  key("Escape");
  await waitFor(() => expect(question()).toBeUndefined());
  await press("ｎ", "called");
  expect(hall.sent).toEqual(["callNextTicket"]);
});

test("a second press is ignored with a word while the first is on its way", async () => {
  await reach("free");
  let open = () => {};
  hall.gate = new Promise((resolve) => (open = resolve));
  key("n");
  key("n");
  await waitFor(() => expect(messages()).toContain("This one was ignored"));
  await screen.findByText("Sending…");
  await act(async () => open());
  await waitFor(() => expect(state()).toBe("called"));
  expect(hall.sent).toEqual(["callNextTicket"]);
  expect(hall.ticket("102").state).toBe(Ticket_State.WAITING);
});

test("a double click on the large button does not start a service", async () => {
  await reach("free");
  const next = () => screen.getByRole("button", { name: /^Next|^Start/ });
  fireEvent.click(next());
  await waitFor(() => expect(state()).toBe("called"));
  fireEvent.click(next());
  await waitFor(() => expect(messages()).toContain("Pressed twice"));
  expect(hall.sent).toEqual(["callNextTicket"]);
});

test("a lost reply is asked for again under the same id, and the clerk is told", async () => {
  await reach("free");
  hall.faults.push("reply_lost", "lost");
  hall.ids.length = 0;
  key("n");
  await waitFor(() => expect(messages()).toContain("Asking again"));
  await screen.findByText("Sending again…");
  await waitFor(() => expect(state()).toBe("called"), { timeout: 3_000 });
  expect(new Set(hall.ids).size).toBe(1);
  expect(hall.ids).toHaveLength(3);
  expect(number()).toBe("101");
  expect(screen.queryByText("Sending again…")).toBeNull();
});

test("absent asks once, no is what happens by itself, and it can be undone", async () => {
  await reach("called");
  key("a");
  await asked("confirm");
  key("Escape");
  await waitFor(() => expect(question()).toBeUndefined());
  expect(hall.sent).toEqual([]);
  key("a");
  await asked("confirm");
  await press("y", "free");
  expect(screen.getByText("10 s left")).toBeTruthy();
  await press("u", "called");
  expect(number()).toBe("101");
  expect(screen.queryByText(/s left/)).toBeNull();
});

test("calling while serving asks to stay or to finish and call", async () => {
  await reach("serving");
  key("n");
  await asked("confirm");
  expect(screen.getByText("Stay with the visitor")).toBeTruthy();
  key("n");
  await waitFor(() => expect(question()).toBeUndefined());
  expect(number()).toBe("101");
  expect(hall.sent).toEqual([]);
  key("n");
  await asked("confirm");
  key("y");
  await waitFor(() => expect(number()).toBe("102"));
  expect(hall.sent).toEqual(["completeTicket", "callNextTicket"]);
});

test("a hold is filled in with the keyboard", async () => {
  await reach("serving");
  key("h");
  await asked("hold");
  fireEvent.submit(
    screen.getByRole("dialog").querySelector("form") as HTMLElement,
  );
  await screen.findByText("Choose or fill in first. Nothing was done yet.");
  key("2");
  fireEvent.change(screen.getByLabelText(/Minutes at most/), {
    target: { value: "15" },
  });
  fireEvent.submit(
    screen.getByRole("dialog").querySelector("form") as HTMLElement,
  );
  await waitFor(() => expect(state()).toBe("free"));
  expect(hall.ticket("101").hold).toMatchObject({
    reason: "pin_search",
    owner: "hana",
  });
  // It is on the floor for everybody, with its deadline.
  await waitFor(() =>
    expect(document.querySelector(".parked[data-number='101']")).toBeTruthy(),
  );
});

test("a note with the number of a person is not sent", async () => {
  await reach("serving");
  key("t");
  await asked("transfer");
  fireEvent.change(screen.getByLabelText("Service"), {
    target: { value: "consult" },
  });
  const note = screen.getByLabelText(/^Note/);
  fireEvent.change(note, { target: { value: "1234-5678-9012" } });
  const form = screen.getByRole("dialog").querySelector("form") as HTMLElement;
  fireEvent.submit(form);
  await screen.findByText(/no number of 11 digits or more/);
  expect(hall.sent).toEqual([]);
  fireEvent.change(note, { target: { value: "bring the form" } });
  fireEvent.submit(form);
  await waitFor(() => expect(state()).toBe("free"));
  expect(hall.ticket("101")).toMatchObject({
    service: "consult",
    note: "bring the form",
  });
});

test("a refusal is said in a clerk's words with its numbers", async () => {
  await reach("called");
  hall.faults.push(refused("RECALL_TOO_SOON", { seconds_left: "12" }));
  key("r");
  await waitFor(() =>
    expect(messages()).toContain("Called a moment ago. Wait another 12 s."),
  );
  expect(state()).toBe("called");
});

test("a counter that was taken says so, acts no more, and is taken back with a key", async () => {
  await reach("called");
  hall.counter("2").session += 7n;
  key("s");
  await waitFor(() => expect(state()).toBe("taken_over"));
  expect(messages()).toContain("Press x to take it back");
  await press("x", "called");
  expect(number()).toBe("101");
});

test("a missed number on the floor is clicked and let back", async () => {
  hall.add("105", { state: Ticket_State.ABSENT });
  await reach("free");
  await waitFor(() =>
    expect(
      document.querySelector(".floor-missed [data-number='105']"),
    ).toBeTruthy(),
  );
  fireEvent.click(
    document.querySelector(".floor-missed [data-number='105']") as Element,
  );
  await asked("deal");
  key("1");
  await waitFor(() =>
    expect(hall.ticket("105").state).toBe(Ticket_State.WAITING),
  );
});

test("a long list is searched by number", async () => {
  hall.ticketsInPage = 100;
  for (let i = 0; i < 150; ++i) hall.add(String(300 + i));
  await reach("free");
  key("l");
  await asked("ticket");
  expect(document.querySelectorAll(".choices button")).toHaveLength(100);
  expect(screen.getByText("52 more. Filter by number")).toBeTruthy();
  const filter = screen.getByLabelText("Filter by number");
  fireEvent.change(filter, { target: { value: "４４" } });
  expect(document.querySelectorAll(".choices button")).toHaveLength(11);
  fireEvent.change(filter, { target: { value: "440" } });
  fireEvent.submit(filter.closest("form") as HTMLElement);
  await asked("deal");
  key("1");
  await waitFor(() => expect(number()).toBe("440"));
});

test("every key is in the list of keys, those that do something now stand out", async () => {
  await reach("called");
  key("?");
  await asked("help");
  const lawful = [...document.querySelectorAll(".keys [data-lawful]")].map(
    (row) => row.querySelector("kbd")?.textContent,
  );
  expect(lawful).toContain("s");
  expect(lawful).not.toContain("n");
  expect(document.querySelectorAll(".keys > div")).toHaveLength(28);
});

test("a connection that falls silent is said within 5 s, and nothing is cleared", async () => {
  await reach("called");
  vi.useFakeTimers();
  // The stream said its snapshot and hangs.
  cleanup();
  visit();
  await vi.advanceTimersByTimeAsync(100);
  expect(document.querySelector("[data-state='live']")).toBeTruthy();
  hall.silent = true;
  await act(() => vi.advanceTimersByTimeAsync(4_900));
  expect(screen.getByRole("alert").textContent).toContain("Connection lost");
  expect(screen.getByText("Renewal")).toBeTruthy();
  expect(document.querySelector(".floor")?.getAttribute("data-stale")).toBe(
    "true",
  );
});

test("without a counter in the address the clerk is asked, and nothing is opened", async () => {
  visit("?office=honcho&lang=en");
  fireEvent.click(await screen.findByLabelText(/Counter 3/));
  fireEvent.change(screen.getByLabelText(/Staff name/), {
    target: { value: "山田" },
  });
  const form = document.querySelector("form") as HTMLElement;
  fireEvent.submit(form);
  await screen.findByText(/A staff name is 1 to 32/);
  fireEvent.change(screen.getByLabelText(/Staff name/), {
    target: { value: "Hana" },
  });
  fireEvent.submit(form);
  await waitFor(() => expect(state()).toBe("closed"));
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(
    "Counter 3",
  );
  expect({ ...sessionStorage }).toEqual({ staff: "hana" });
  expect(hall.sent).toEqual([]);
});

test("the screen changes its language", async () => {
  await reach("free");
  fireEvent.click(screen.getByRole("button", { name: "日本語" }));
  await screen.findByText("次の方");
  expect(document.documentElement.lang).toBe("ja");
  fireEvent.click(screen.getByRole("button", { name: "やさしい日本語" }));
  await waitFor(() => expect(document.querySelector("ruby")).toBeTruthy());
});

test("the address names outcomes and time zone, and nonsense is left out", () => {
  expect(outcomesOf(parseAddress("?outcomes=done,no%20good,refused"))).toEqual([
    "done",
    "refused",
  ]);
  expect(outcomesOf(parseAddress(""))).toHaveLength(4);
  expect(zoneOf(parseAddress("?zone=Asia/Seoul"))).toBe("Asia/Seoul");
  expect(zoneOf(parseAddress("?zone=Nowhere"))).toBe("Asia/Tokyo");
});
