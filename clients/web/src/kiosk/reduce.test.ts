import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AdviceSchema } from "../gen/madoguchi/renewal/v1/renewal_pb";
import {
  KioskUpdate_Hindrance as Hindrance,
  KioskUpdateSchema,
  Press_State as PressState,
  PressSchema,
  StaffCornerSchema,
  type Press,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import type { Button, KioskAction } from "./kiosk_actions";
import {
  begin,
  idleMs,
  isWarning,
  messageStaysMs,
  numberStaysMs,
  obstacleOf,
  slowMs,
  type KioskState,
} from "./kiosk_state";
import { reduce } from "./reduce";
import { trembleMs } from "./tap_guard";
import type { Next } from "./triage";

/** A screen under the test's own clock. */
class Screen {
  now = 0;
  state: KioskState = begin("ja", 0);

  constructor() {
    this.do({ kind: "liveness", liveness: { kind: "live" } });
    this.tell();
  }

  do(action: KioskAction) {
    this.state = reduce(this.state, action);
    return this;
  }

  /** The machine says how it is. */
  tell(hindrance = Hindrance.HINDRANCE_UNSPECIFIED, press?: Press) {
    const update = create(KioskUpdateSchema, {
      hindrance,
      services: [
        { service: "renew_self" },
        { service: "renew_pin_reset" },
        { service: "consult" },
      ],
      ...(press && { press }),
    });
    return this.do({ kind: "update", update, now: this.now });
  }

  /** A finger that touches the screen and taps, in peace. */
  tap(button: Button) {
    this.wait(trembleMs);
    return this.do({ kind: "touch", now: this.now }).do({
      kind: "tap",
      button,
      now: this.now,
    });
  }

  /** Time goes by as the page sees it. */
  wait(ms: number) {
    for (const end = this.now + ms; this.now < end; ) {
      this.now = Math.min(this.now + 250, end);
      this.do({ kind: "tick", now: this.now });
    }
    return this;
  }

  /** Chooses a renewal of a machine that knows no questions. */
  confirm() {
    this.tap({ kind: "service", service: "renew_self" });
    return this.state.step.kind === "triage" ? this.triaged({ kind: "none" }) : this;
  }

  /** The machine says what is next. */
  triaged(next: Next) {
    const { step } = this.state;
    if (step.kind !== "triage") throw new Error(`no question at ${step.kind}`);
    const { answers, talk } = step;
    return this.do({ kind: "triaged", answers, talk, next, now: this.now });
  }

  press(requestId = "press-1") {
    return this.confirm().tap({ kind: "yes", requestId });
  }

  answer(state: PressState, number = "A101", requestId = "press-1") {
    const press = pressOf(state, number, requestId);
    return this.do({ kind: "answered", requestId, press, now: this.now });
  }
}

function pressOf(state: PressState, number = "A101", requestId = "press-1"): Press {
  return create(PressSchema, { state, number, requestId, language: "en" });
}

function refusal(code: Code, reason = "") {
  return { code, reason, metadata: {}, message: "" };
}

describe("a visitor", () => {
  it("gets a number with three taps", () => {
    const screen = new Screen().press();
    expect(screen.state.step).toMatchObject({
      kind: "issuing",
      asks: true,
      order: { requestId: "press-1", service: "renew_self", language: "ja" },
    });
    screen.answer(PressState.DONE);
    expect(screen.state.step).toMatchObject({
      kind: "number",
      press: { number: "A101" },
    });
  });

  it("does not press what comes under a trembling finger", () => {
    const screen = new Screen().confirm();
    screen.now += 200;
    screen.do({
      kind: "tap",
      button: { kind: "yes", requestId: "press-1" },
      now: screen.now,
    });
    expect(screen.state.step.kind).toBe("confirm");
  });

  it("goes back, and back to the start in the first language", () => {
    const screen = new Screen()
      .tap({ kind: "language", language: "en" })
      .tap({ kind: "more" })
      .confirm();
    expect(screen.state.language).toBe("en");
    screen.tap({ kind: "back" });
    expect(screen.state.step).toEqual({ kind: "choose", page: 1 });
    screen.tap({ kind: "back" });
    expect(screen.state.step).toEqual({ kind: "choose", page: 0 });
    expect(screen.state.language).toBe("en");
    screen.tap({ kind: "home" });
    expect(screen.state.language).toBe("ja");
  });

  it("sees the number for ten seconds, and ten more with each touch", () => {
    const screen = new Screen().press().answer(PressState.DONE);
    expect(screen.state.secondsLeft).toBe(10);
    screen.wait(numberStaysMs - 1_000);
    expect(screen.state.secondsLeft).toBe(1);
    screen.do({ kind: "touch", now: screen.now });
    expect(screen.state.secondsLeft).toBe(10);
    screen.wait(numberStaysMs - 1);
    expect(screen.state.step.kind).toBe("number");
    screen.wait(1);
    expect(screen.state.step).toEqual({ kind: "choose", page: 0 });
  });

  it("who has gone is forgotten after a minute, with a warning before", () => {
    const screen = new Screen().tap({ kind: "language", language: "en" }).confirm();
    screen.wait(idleMs - 10_001);
    expect(isWarning(screen.state)).toBe(false);
    screen.wait(1);
    expect(isWarning(screen.state)).toBe(true);
    expect(screen.state.secondsLeft).toBe(10);
    screen.wait(10_000);
    expect(screen.state.step).toEqual({ kind: "choose", page: 0 });
    expect(screen.state.language).toBe("ja");
  });

  it("who is still there stays with a touch", () => {
    const screen = new Screen().confirm().wait(idleMs - 5_000);
    screen.do({ kind: "touch", now: screen.now });
    expect(isWarning(screen.state)).toBe(false);
    screen.wait(idleMs - 1);
    expect(screen.state.step.kind).toBe("confirm");
  });

  it("is told to wait when the number takes long, and never sent away", () => {
    const screen = new Screen().press();
    expect(screen.state.step).toMatchObject({ slow: false });
    screen.wait(slowMs);
    expect(screen.state.step).toMatchObject({ kind: "issuing", slow: true });
    screen.wait(2 * idleMs);
    expect(screen.state.step.kind).toBe("issuing");
  });

  it("is told that there is no number, for long enough that staff come", () => {
    const screen = new Screen().press().do({
      kind: "failed",
      requestId: "press-1",
      refusal: refusal(Code.ResourceExhausted, "STORE_FULL"),
      now: 2_000,
    });
    expect(screen.state.step).toMatchObject({
      kind: "refused",
      refusal: { reason: "STORE_FULL" },
    });
    screen.wait(messageStaysMs + 2_000);
    expect(screen.state.step.kind).toBe("choose");
  });

  it("is not told that there is no number when nobody knows", () => {
    const screen = new Screen().press().do({
      kind: "failed",
      requestId: "press-1",
      refusal: refusal(Code.Unavailable),
      now: 2_000,
    });
    expect(screen.state.step).toMatchObject({
      kind: "stuck",
      press: { state: PressState.UNKNOWN },
    });
  });

  it("gets the number from the stream when the answer was lost", () => {
    const screen = new Screen().press();
    screen.tell(0, pressOf(PressState.UNDER_WAY, ""));
    expect(screen.state.step.kind).toBe("issuing");
    screen.tell(0, pressOf(PressState.DONE));
    expect(screen.state.step.kind).toBe("number");
  });

  it("is not shown the number of the one before", () => {
    const screen = new Screen();
    screen.tell(0, pressOf(PressState.DONE, "A100", "press-0"));
    expect(screen.state.step.kind).toBe("choose");
    screen.press();
    screen.tell(0, pressOf(PressState.DONE, "A100", "press-0"));
    expect(screen.state.step.kind).toBe("issuing");
    screen.answer(PressState.DONE, "A100", "press-0");
    expect(screen.state.step.kind).toBe("issuing");
  });
});

describe("a number that staff are needed for", () => {
  it("is shown when it comes out after all", () => {
    for (const wait of [1_000, messageStaysMs]) {
      const screen = new Screen().press().answer(PressState.NOT_PRINTED);
      expect(screen.state.step).toMatchObject({ kind: "stuck" });
      screen.tell(Hindrance.STAFF_NEEDED, pressOf(PressState.NOT_PRINTED));
      screen.wait(wait);
      screen.tell(0, pressOf(PressState.DONE));
      expect(screen.state.step).toMatchObject({
        kind: "number",
        press: { number: "A101" },
      });
      // Once: the next visitor does not see it.
      screen.wait(numberStaysMs).tell(0, pressOf(PressState.DONE));
      expect(screen.state.step.kind).toBe("choose");
    }
  });
});

describe("a page that was loaded anew", () => {
  it("asks for the press that it had made", () => {
    const screen = new Screen().do({
      kind: "resume",
      order: { requestId: "press-1", service: "renew_self", language: "en" },
      now: 0,
    });
    expect(screen.state).toMatchObject({
      language: "en",
      step: { kind: "issuing", asks: true },
    });
    screen.answer(PressState.DONE);
    expect(screen.state.step.kind).toBe("number");
  });

  it("follows the press that the machine works on", () => {
    const screen = new Screen();
    screen.tell(0, pressOf(PressState.UNDER_WAY, ""));
    expect(screen.state).toMatchObject({
      language: "en",
      step: { kind: "issuing", asks: false },
    });
    screen.tell(0, pressOf(PressState.DONE));
    expect(screen.state.step.kind).toBe("number");
  });
});

describe("a machine that cannot issue", () => {
  it("takes no press", () => {
    const screen = new Screen().tell(Hindrance.PRINTER);
    expect(obstacleOf(screen.state)).toBe(Hindrance.PRINTER);
    screen.confirm();
    expect(screen.state.step.kind).toBe("choose");
    screen.tell().confirm().tell(Hindrance.SERVER);
    screen.tap({ kind: "yes", requestId: "press-1" });
    expect(screen.state.step.kind).toBe("confirm");
  });

  it("does not look alive when it is not heard", () => {
    const screen = new Screen().do({
      kind: "liveness",
      liveness: { kind: "lost" },
    });
    expect(obstacleOf(screen.state)).toBe("lost");
    screen.confirm();
    expect(screen.state.step.kind).toBe("choose");
    // What was known stays, for it is shown grey.
    expect(screen.state.update?.services).toHaveLength(3);
    screen.do({ kind: "liveness", liveness: { kind: "live" } });
    expect(obstacleOf(screen.state)).toBe(0);
  });

  it("is not blamed before it had time to speak", () => {
    expect(obstacleOf(begin("ja", 0))).toBe("connecting");
  });
});

describe("the staff corner", () => {
  const corner = create(StaffCornerSchema, { lastNumber: "A101" });
  const enter = (screen: Screen) =>
    screen.do({ kind: "openDoor", now: screen.now }).do({
      kind: "corner",
      key: "4711",
      corner,
      outcome: "none",
      now: screen.now,
    });

  it("opens with the key, and forgets what was typed when it was wrong", () => {
    const screen = new Screen().do({ kind: "openDoor", now: 0 });
    for (const digit of ["4", "8", null, "7"]) screen.do({ kind: "digit", digit });
    expect(screen.state.step).toMatchObject({ kind: "key", typed: "47" });
    screen.do({ kind: "enter" });
    expect(screen.state.step).toMatchObject({ asks: true });
    // What is typed meanwhile belongs to no key.
    screen.do({ kind: "digit", digit: "1" });
    expect(screen.state.step).toMatchObject({ typed: "47" });
    screen.do({
      kind: "staffRefused",
      refusal: refusal(Code.PermissionDenied, "STAFF_KEY_WRONG"),
    });
    expect(screen.state.step).toMatchObject({
      kind: "key",
      typed: "",
      refusal: { reason: "STAFF_KEY_WRONG" },
    });
    enter(screen);
    expect(screen.state.step).toMatchObject({ kind: "staff", key: "4711" });
  });

  it("does not open over a number that is on its way", () => {
    const screen = new Screen().press();
    screen.do({ kind: "openDoor", now: screen.now });
    expect(screen.state.step.kind).toBe("issuing");
  });

  it("is not opened by an answer that comes too late", () => {
    const screen = new Screen();
    screen.do({ kind: "corner", key: "4711", corner, outcome: "none", now: 0 });
    expect(screen.state.step.kind).toBe("choose");
  });

  it("says how a step ended, and takes no second one meanwhile", () => {
    const reprint = { kind: "staffStep", taken: { kind: "reprint" } } as const;
    const screen = enter(new Screen()).tap(reprint);
    expect(screen.state.step).toMatchObject({ taken: { kind: "reprint" } });
    const before = screen.state.step;
    screen.tap({ kind: "staffStep", taken: { kind: "paper" } });
    expect(screen.state.step).toBe(before);
    screen.do({
      kind: "staffRefused",
      refusal: refusal(Code.FailedPrecondition, "PRINTER_NOT_READY"),
    });
    expect(screen.state.step).toMatchObject({
      taken: null,
      outcome: { reason: "PRINTER_NOT_READY" },
    });
  });

  it("takes a tap that the browser tells of twice for one", () => {
    const screen = enter(new Screen()).tap({ kind: "test" });
    screen.now += 20;
    screen.do({ kind: "tap", button: { kind: "test" }, now: screen.now });
    expect(screen.state.step.kind).toBe("test");
  });

  it("is left after a minute without a touch, and the screen test before it", () => {
    const screen = enter(new Screen()).tap({ kind: "test" });
    expect(screen.state.step.kind).toBe("test");
    screen.wait(idleMs);
    expect(screen.state.step.kind).toBe("staff");
    screen.wait(idleMs);
    expect(screen.state.step.kind).toBe("choose");
  });

  it("keeps its place while the machine goes on", () => {
    const screen = enter(new Screen());
    screen.tell(0, pressOf(PressState.UNDER_WAY, "", "press-2"));
    expect(screen.state.step.kind).toBe("staff");
  });
});

describe("time that changes nothing", () => {
  it("draws nothing anew", () => {
    const screen = new Screen();
    const before = screen.state;
    screen.wait(10_000);
    expect(screen.state).toBe(before);
  });
});

const card: Next = {
  kind: "question",
  question: { question: "CARD", choices: ["HERE", "AT_HOME"] },
};
const pin: Next = {
  kind: "question",
  question: { question: "PIN", choices: ["KNOWN", "FORGOTTEN"] },
};
function advice(service: string, mayConsult = true): Next {
  return {
    kind: "advice",
    advice: create(AdviceSchema, { row: "C-21", service, mayConsult }),
  };
}

describe("the questions before a number", () => {
  const asked = () =>
    new Screen().tap({ kind: "service", service: "renew_self" }).triaged(card);

  it("lead to the number of the service that the answers call for", () => {
    const screen = asked()
      .tap({ kind: "answer", choice: "HERE" })
      .triaged(pin)
      .tap({ kind: "answer", choice: "FORGOTTEN" });
    expect(screen.state.step).toMatchObject({
      kind: "triage",
      asks: true,
      answers: [
        { question: "CARD", choice: "HERE" },
        { question: "PIN", choice: "FORGOTTEN" },
      ],
    });
    screen.triaged(advice("renew_pin_reset"));
    expect(screen.state.step).toMatchObject({ kind: "advice" });
    screen.tap({ kind: "take", service: "renew_pin_reset", requestId: "press-1" });
    expect(screen.state.step).toMatchObject({
      kind: "issuing",
      order: { service: "renew_pin_reset", requestId: "press-1" },
    });
  });

  it("keep nobody from a number when they cannot be asked", () => {
    const screen = asked().tap({ kind: "answer", choice: "HERE" });
    expect(screen.triaged({ kind: "none" }).state.step).toMatchObject({
      kind: "confirm",
      service: "renew_self",
    });
    const unknown: Next = {
      kind: "question",
      question: { question: "OF_TOMORROW", choices: ["YES"] },
    };
    expect(asked().tap({ kind: "answer", choice: "HERE" }).triaged(unknown).state.step)
      .toMatchObject({ kind: "confirm" });
  });

  it("can be left for staff at any time, and for the question before", () => {
    const screen = asked()
      .tap({ kind: "answer", choice: "HERE" })
      .triaged(pin)
      .tap({ kind: "talk" })
      .triaged(advice("consult"));
    screen.tap({ kind: "back" });
    expect(screen.state.step).toMatchObject({
      kind: "triage",
      talk: false,
      answers: [{ question: "CARD", choice: "HERE" }],
    });
    screen.triaged(pin).tap({ kind: "back" });
    expect(screen.state.step).toMatchObject({ answers: [], asks: true });
    screen.triaged(card).tap({ kind: "back" });
    expect(screen.state.step).toMatchObject({ kind: "choose" });
    expect(
      asked().tap({ kind: "talk" }).triaged({ kind: "none" }).state.step,
    ).toMatchObject({ kind: "confirm", service: "consult" });
  });

  it("give no number that the advice does not, but one to talk to staff", () => {
    const told = () =>
      asked().tap({ kind: "answer", choice: "AT_HOME" }).triaged(advice(""));
    const take = (service: string) =>
      told().tap({ kind: "take", service, requestId: "press-1" }).state.step.kind;
    expect(take("renew_self")).toBe("advice");
    expect(take("consult")).toBe("issuing");
    const closed = asked()
      .tap({ kind: "answer", choice: "HERE" })
      .triaged(advice("", /* mayConsult */ false))
      .tap({ kind: "take", service: "consult", requestId: "press-1" });
    expect(closed.state.step.kind).toBe("advice");
  });

  it("are forgotten when the visitor has left, answers that come late too", () => {
    const screen = asked().tap({ kind: "answer", choice: "HERE" });
    const { step } = screen.state;
    if (step.kind !== "triage") throw new Error(step.kind);
    screen.wait(idleMs);
    expect(screen.state.step).toEqual({ kind: "choose", page: 0 });
    const { answers, talk } = step;
    screen.do({ kind: "triaged", answers, talk, next: pin, now: screen.now });
    expect(screen.state.step.kind).toBe("choose");
  });

  it("take one answer each", () => {
    const screen = asked().tap({ kind: "answer", choice: "HERE" });
    screen.tap({ kind: "answer", choice: "AT_HOME" });
    expect(screen.state.step).toMatchObject({
      answers: [{ question: "CARD", choice: "HERE" }],
    });
    expect(asked().tap({ kind: "answer", choice: "LOST" }).state.step).toMatchObject({
      asks: false,
      answers: [],
    });
  });
});
