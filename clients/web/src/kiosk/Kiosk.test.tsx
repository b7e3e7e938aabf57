// @vitest-environment happy-dom
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  KioskUpdate_Hindrance as Hindrance,
  Press_State as PressState,
  TriageResponseSchema,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { DeviceState_Printer as Printer } from "../gen/madoguchi/ticketing/v1/device_service_pb";
import { holdMs } from "./CornerDoor";
import { Kiosk } from "./Kiosk";
import { MachineInMemory } from "./machine_in_memory";
import { trembleMs } from "./tap_guard";

// A machine that does much else at the same time is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 60_000 });

let machine: MachineInMemory;

beforeEach(() => {
  machine = new MachineInMemory();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const open = () =>
  render(<Kiosk world={machine.world(sessionStorage)} greeting="ja" />);

/** Taps a button as soon as it is there and no finger trembles any more. */
async function tap(name: RegExp) {
  const button = await screen.findByRole("button", { name });
  machine.pass(trembleMs);
  fireEvent.click(button);
}

async function enterCorner(key = "4711") {
  fireEvent.click(await screen.findByRole("button", { name: "係員用" }));
  await screen.findByText("係員キーを入力してください");
  for (const digit of key) fireEvent.keyDown(window, { key: digit });
  fireEvent.keyDown(window, { key: "Enter" });
}

describe("Kiosk", () => {
  it("gives a number for a confirmed choice, with what to do", async () => {
    open();
    await tap(/電子証明書の更新/);
    await screen.findByRole("button", { name: /^はい$/ });
    expect(screen.getByText(/申請書を書いてお待ちください/)).toBeTruthy();
    expect(screen.getByText("待ち 7 人")).toBeTruthy();
    await tap(/^はい$/);
    const heading = await screen.findByRole("heading", { name: "番号札 A101" });
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText("番号札をお取りください")).toBeTruthy();
    expect(screen.getByRole("img", { name: /A101.*QR/ })).toBeTruthy();
    expect(screen.getByText("待ち 3 人")).toBeTruthy();
    await tap(/最初の画面へ/);
    expect(screen.getByText("ご用件をお選びください")).toBeTruthy();
    expect(machine.presses).toHaveLength(1);
  });

  it("asks again with the same id when the answer is lost", async () => {
    const answer = machine.onIssue;
    machine.onIssue = (request, attempt) =>
      attempt === 0
        ? Promise.reject(new ConnectError("lost", Code.Unavailable))
        : answer(request, attempt);
    open();
    await tap(/電子証明書の更新/);
    await tap(/^はい$/);
    await screen.findByRole("heading", { name: "番号札 A101" });
    const [first, second] = machine.presses;
    expect(machine.presses).toHaveLength(2);
    expect(second?.requestId).toBe(first?.requestId);
  });

  it("finds the number of the press that a reload interrupted", async () => {
    const answer = machine.onIssue;
    machine.onIssue = () => new Promise(() => {});
    const page = open();
    await tap(/電子証明書の更新/);
    await tap(/^はい$/);
    await waitFor(() => expect(machine.presses).toHaveLength(1));
    page.unmount();
    machine.onIssue = answer;
    open();
    await screen.findByRole("heading", { name: "番号札 A101" });
    expect(machine.presses[1]?.requestId).toBe(machine.presses[0]?.requestId);
  });

  it("says why it cannot issue, and offers nothing that it cannot do", async () => {
    open();
    await screen.findByRole("button", { name: /電子証明書の更新/ });
    machine.tell({ hindrance: Hindrance.PRINTER, printer: Printer.END });
    await screen.findByText("ただいま番号札を発行できません");
    expect(screen.getByText("係員がご案内します。少しお待ちください")).toBeTruthy();
    expect(screen.getByText("係員用: プリンター 用紙切れ")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /電子証明書の更新/ })).toBeNull();
    machine.tell({ hindrance: Hindrance.HINDRANCE_UNSPECIFIED });
    await screen.findByRole("button", { name: /電子証明書の更新/ });
  });

  it("shows the number that staff are needed for", async () => {
    const answer = machine.onIssue;
    machine.onIssue = async (request, attempt) => {
      const answered = await answer(request, attempt);
      if (answered.press) answered.press.state = PressState.NOT_PRINTED;
      return answered;
    };
    open();
    await tap(/電子証明書の更新/);
    await tap(/^はい$/);
    await screen.findByText(/お客様の番号は A101 です/);
    expect(screen.getByText("係員がご案内します。少しお待ちください")).toBeTruthy();
  });

  it("speaks the visitor's language, and tells it to screen readers", async () => {
    open();
    await tap(/English/);
    await screen.findByText("Choose what you came for");
    expect(document.documentElement.lang).toBe("en");
    const english = screen.getByRole("button", { name: "English" });
    expect(english.getAttribute("aria-pressed")).toBe("true");
    expect(screen.getByText("Akebono City Hall")).toBeTruthy();
  });

  it("lets staff in by their key and settles what the printer did not say", async () => {
    machine.setCorner({
      lastNumber: "A100",
      open: {
        requestId: "press-1",
        state: PressState.PRINT_UNKNOWN,
        number: "A101",
      },
    });
    open();
    await enterCorner();
    await screen.findByText("番号札 A101 は印刷されましたか");
    await tap(/印刷する/);
    await screen.findByText("完了しました");
    expect(machine.steps).toContain("settle press-1 false");
    await tap(/A100 を再印字/);
    await tap(/休止にする/);
    await waitFor(() => expect(machine.steps).toContain("outOfOrder true"));
    expect(machine.steps).toContain("reprint");
    await tap(/終わる/);
    await screen.findByText("ご用件をお選びください");
    await waitFor(() => expect(machine.steps).toContain("leave"));
  });

  it("keeps everybody else out", async () => {
    open();
    await enterCorner("0000");
    await waitFor(() =>
      expect(screen.getAllByRole("alert").some((a) => a.textContent !== "")).toBe(true),
    );
    expect(machine.steps).toEqual([]);
    fireEvent.keyDown(window, { key: "Escape" });
    await screen.findByText("ご用件をお選びください");
  });

  it("opens the corner to a finger that rests there, not to a tap", async () => {
    open();
    const corner = await screen.findByRole("button", { name: "係員用" });
    fireEvent.pointerDown(corner, { isPrimary: true });
    fireEvent.pointerUp(corner, { isPrimary: true });
    fireEvent.click(corner, { detail: 1 });
    expect(screen.queryByText("係員キーを入力してください")).toBeNull();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    fireEvent.pointerDown(corner, { isPrimary: true });
    vi.advanceTimersByTime(holdMs);
    vi.useRealTimers();
    await screen.findByText("係員キーを入力してください");
  });

  it("asks before a number, and says what to do with the answers", async () => {
    machine.tell({
      services: [
        { service: "renew_self", displayName: { ja: "電子証明書の更新(本人)" } },
        { service: "renew_pin_reset", displayName: { ja: "暗証番号を忘れた" } },
        { service: "consult", displayName: { ja: "わからない・相談する" } },
      ],
    });
    machine.onTriage = ({ answers, talkToStaff }) =>
      Promise.resolve(
        create(TriageResponseSchema, {
          next:
            answers.length === 0 && !talkToStaff
              ? {
                  case: "question",
                  value: { question: "PIN", choices: ["KNOWN", "FORGOTTEN"] },
                }
              : {
                  case: "advice",
                  value: {
                    row: "C-21",
                    texts: ["advice.reset", "advice.second_id"],
                    service: "renew_pin_reset",
                    mayConsult: true,
                  },
                },
        }),
      );
    open();
    await tap(/電子証明書の更新/);
    const question = await screen.findByRole("heading", { name: /暗証番号は全部/ });
    expect(document.activeElement).toBe(question);
    expect(screen.getByRole("button", { name: "係員と話す" })).toBeTruthy();
    await tap(/わからないものがある/);
    await screen.findByRole("heading", { name: /設定し直してから更新/ });
    expect(screen.getByText(/もう1点必要/)).toBeTruthy();
    expect(screen.getByRole("button", { name: /係員と話す番号札/ })).toBeTruthy();
    await tap(/番号札を取る:.*暗証番号を忘れた/);
    await screen.findByRole("heading", { name: "番号札 A101" });
    expect(machine.presses[0]?.service).toBe("renew_pin_reset");
    expect(machine.triages[1]?.answers[0]?.choice).toBe("FORGOTTEN");
  });
});
