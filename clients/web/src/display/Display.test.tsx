// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  OfficeEvent_Kind as Kind,
  type OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { overlayMs, markedForMs } from "./announcements";
import { Board } from "./board";
import { parseBoardSettings } from "./board_settings";
import { Display } from "./Display";
import { pageTurnMs } from "./pages";
import { Office } from "./testing/office";
import { makeCall, makeEvent, makeSnapshot } from "./testing/updates";
import { silentVoice, type VoiceState } from "./voice";

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

let stop: () => void = () => {};

/** Shows a board of `office`, whose address ends in `?search`. */
async function show(
  office: Office,
  search = "",
  voice: VoiceState = "ready",
): Promise<void> {
  const settings = parseBoardSettings(new URLSearchParams(search));
  const board = new Board({
    client: office.client,
    office: "offices/honcho",
    settings,
    voice: { ...silentVoice, state: voice },
  });
  stop = () => board.stop();
  render(<Display board={board} settings={settings} />);
  void board.run();
  await wait(0);
}

async function tell(office: Office, ...updates: OfficeUpdate[]): Promise<void> {
  office.tell(...updates);
  await wait(0);
}

const rows = () => [...document.querySelectorAll<HTMLElement>(".call")];
const row = (number: string) =>
  rows().find((each) => each.dataset["number"] === number);
const overlay = () => document.querySelector<HTMLElement>(".overlay");
const numbers = () => rows().map((each) => each.dataset["number"]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  stop();
  cleanup();
  vi.useRealTimers();
});

describe("the board", () => {
  it("shows a call on top, across everything for six seconds", async () => {
    const office = new Office(makeSnapshot([makeCall("101", { at: -60 })]));
    await show(office, "arrows=2:left");
    expect(overlay()).toBeNull();
    await tell(office, makeEvent(Kind.CALLED, makeCall("102"), { sequence: 1 }));
    expect(overlay()?.dataset["number"]).toBe("102");
    expect(overlay()?.textContent).toContain(
      "番号札、102番のお客様、2番窓口へお越しください",
    );
    expect(overlay()?.textContent).toContain(
      "Ticket 102, please come to counter 2",
    );
    expect(
      overlay()?.querySelector<SVGElement>(".arrow")?.dataset["direction"],
    ).toBe("left");
    await wait(overlayMs);
    expect(overlay()).toBeNull();
    expect(numbers()).toEqual(["102", "101"]);
    expect(row("102")?.dataset["new"]).toBe("true");
    expect(row("102")?.textContent).toContain("ただいまお呼びしました");
    await wait(markedForMs);
    expect(row("102")?.dataset["new"]).toBe("false");
    expect(row("102")?.textContent).not.toContain("ただいまお呼びしました");
  });

  it("adds easy Japanese with its readings for whoever reads that", async () => {
    const office = new Office(makeSnapshot([]));
    await show(office);
    const call = makeCall("101", { language: "ja-easy" });
    await tell(office, makeEvent(Kind.CALLED, call, { sequence: 1 }));
    const easy = overlay()?.querySelector('[data-language="ja-easy"]');
    expect(easy?.textContent).toContain("来(き)てください");
    expect(easy?.querySelectorAll("ruby").length).toBeGreaterThan(3);
  });

  it("shows a call to pick something up unlike a first one", async () => {
    const office = new Office(makeSnapshot([]));
    await show(office);
    const call = makeCall("101", { pickup: true });
    await tell(office, makeEvent(Kind.CALLED, call, { sequence: 1 }));
    expect(overlay()?.dataset["pickup"]).toBe("true");
    expect(overlay()?.textContent).toContain("お渡し");
    expect(row("101")?.textContent).toContain("Pick-up");
  });

  it("rings again for a recall, and says that it is one", async () => {
    const office = new Office(makeSnapshot([makeCall("101", { at: -60 })]));
    await show(office);
    const recall = makeCall("101", { recallCount: 1 });
    await tell(office, makeEvent(Kind.RECALLED, recall, { sequence: 1 }));
    expect(overlay()?.dataset["recall"]).toBe("true");
    expect(overlay()?.textContent).toContain("再度のお呼び出し");
  });

  it("says in words who is served, done, and was missed", async () => {
    const office = new Office(
      makeSnapshot(
        [
          makeCall("103", { state: State.SERVING }),
          makeCall("102", { state: State.COMPLETED }),
          makeCall("101", { state: State.ABSENT }),
        ],
        { missed: ["101", "99"] },
      ),
    );
    await show(office);
    expect(numbers()).toEqual(["103", "102"]);
    expect(row("103")?.textContent).toContain("ご案内中");
    expect(row("102")?.textContent).toContain("ご案内済み");
    const missed = screen.getByRole("region", {
      name: "お呼びした番号(不在)",
    });
    expect(missed.textContent).toContain(
      "お呼びした番号: 101 99。お戻りの際は窓口係員へお声がけください",
    );
    expect(missed.textContent).toContain(
      "We called 101 99. Please tell the staff when you are back",
    );
  });

  it("says how many wait, and follows it", async () => {
    const office = new Office(makeSnapshot([]));
    await show(office);
    const waiting = screen.getByRole("region", { name: /待ち人数/ });
    expect(waiting.textContent).toContain("7人");
    await tell(
      office,
      makeEvent(Kind.WAITING_CHANGED, undefined, { waiting: 8, sequence: 1 }),
    );
    expect(waiting.textContent).toContain("8人");
  });

  it("shows only the services and the counters of its zone", async () => {
    const office = new Office(
      makeSnapshot([makeCall("101"), makeCall("501", { counter: "7" })], {
        services: [
          { service: "renew_self", displayName: { ja: "更新", en: "Renewal" } },
          { service: "card", displayName: { ja: "カード", en: "Card" } },
        ],
        counters: [
          { counter: "2", open: true, paused: true },
          { counter: "7", open: true, paused: true },
        ],
      }),
    );
    await show(office, "counters=2&services=renew_self");
    expect(numbers()).toEqual(["101"]);
    expect(screen.queryByText("カード")).toBeNull();
    expect(screen.getByText("休止中の窓口: 2番窓口")).toBeTruthy();
  });

  it("tells within five seconds that it is lost, and clears nothing", async () => {
    const office = new Office(makeSnapshot([makeCall("101")]));
    await show(office);
    expect(screen.getByRole("status").textContent).toContain("接続中");
    office.failWith(new ConnectError("gone", Code.Unavailable));
    await wait(5_000);
    expect(screen.getByRole("alert").textContent).toContain(
      "接続が切れています。お呼び出しは係員がご案内します。" +
        "10:00:00 現在の表示です",
    );
    expect(
      screen.getByRole("heading", { level: 1 }).textContent,
    ).toContain("接続が切れています");
    expect(document.querySelector(".head-clock")).toBeNull();
    expect(numbers()).toEqual(["101"]);
    office.comeBack(makeSnapshot([makeCall("101")], { at: 60, reset: true }));
    await wait(1_000);
    expect(screen.queryByRole("alert")).toBeNull();
    expect(document.querySelector(".head-clock")?.textContent).toBe("10:01");
  });

  it("never says that nobody was called before it knows", async () => {
    const office = new Office(makeSnapshot([]));
    office.failWith(new ConnectError("gone", Code.Unavailable));
    await show(office);
    expect(document.querySelector(".calls-none")?.textContent).toContain(
      "接続しています…",
    );
    expect(screen.queryByText("まだお呼び出しはありません")).toBeNull();
    await wait(5_000);
    expect(
      screen.getByRole("heading", { level: 1 }).textContent,
    ).toContain("サーバーに接続できません");
    expect(screen.queryByText("まだお呼び出しはありません")).toBeNull();
  });

  it("turns pages when more are called than it has room for", async () => {
    const calls = Array.from({ length: 8 }, (_, i) =>
      makeCall(String(108 - i), { counter: String(2 + i) }),
    );
    await show(new Office(makeSnapshot(calls)));
    expect(numbers()).toEqual(["108", "107", "106", "105", "104", "103"]);
    expect(screen.getByText("ページ 1/2")).toBeTruthy();
    await wait(pageTurnMs);
    expect(numbers()).toEqual(["108", "105", "104", "103", "102", "101"]);
  });

  it("lets the notices follow one another slowly", async () => {
    await show(new Office(makeSnapshot([])), "notice=kiosk.assist");
    const shown = () =>
      document.querySelector<HTMLElement>(".notice")?.dataset["notice"];
    expect(shown()).toBe("display.notice_busy");
    await wait(pageTurnMs);
    expect(shown()).toBe("display.notice_busy");
    await wait(pageTurnMs);
    expect(shown()).toBe("kiosk.assist");
  });

  it.each([
    ["needs-gesture", "画面に触れると音声が流れます"],
    ["missing-clips", "音声を用意できません"],
    ["off", "音声なし"],
  ] as const)("says that its voice is %s", async (state, text) => {
    await show(new Office(makeSnapshot([])), "", state);
    expect(screen.getByRole("status").textContent).toContain(text);
  });

  it("tells staff which part of its address it does not understand", async () => {
    await show(new Office(makeSnapshot([])), "arrows=2:north");
    expect(screen.getByRole("status").textContent).toContain(
      "表示盤の設定を確かめてください: arrows=2:north",
    );
  });
});
