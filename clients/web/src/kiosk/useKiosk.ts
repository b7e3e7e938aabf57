import type { Client } from "@connectrpc/connect";
import { useCallback, useEffect, useReducer } from "react";
import type { KioskService } from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { attempt } from "../shared/attempt";
import { refusalOf } from "../shared/refusal";
import { attemptTimeoutMs, repeat } from "../shared/repeat";
import { watchStream } from "../shared/stream_watch";
import type { Language } from "../shared/texts";
import type { Button } from "./kiosk_actions";
import {
  begin,
  type KioskState,
  type PressOrder,
  type StaffStep,
} from "./kiosk_state";
import { forgetPress, rememberedPress, rememberPress } from "./press_memory";
import { reduce } from "./reduce";
import type { Given, Next } from "./triage";

/** What the page needs of the world; a test replaces it. */
export interface KioskWorld {
  readonly client: Client<typeof KioskService>;
  /** Outlives a reload of the page. */
  readonly storage: Storage;
  /** In ms; only goes forward. */
  readonly clock: () => number;
  /** In ms; goes on while the page is loaded anew. */
  readonly wallClock: () => number;
}

/** What the page shows, and what can be done at it. */
export interface Kiosk {
  readonly state: KioskState;
  readonly tap: (button: Button) => void;
  readonly openDoor: () => void;
  /** A digit of the staff key; null takes the last one back. */
  readonly type: (digit: string | null) => void;
  readonly enter: () => void;
  readonly leave: () => void;
}

/** How often it is looked at the clock, in ms. */
const tickMs = 250;
/** The machine answers within a minute or so; later nobody stands there. */
const longestPressMs = 180_000;
/** A printer takes its time. */
const staffStepTimeoutMs = 90_000;

/** Longer than the machine itself waits for the house. */
const triageTimeoutMs = 3_000;

/** Begins with the press that a reload interrupted, if there was one. */
function start(world: KioskWorld, greeting: Language): KioskState {
  const now = world.clock();
  const state = begin(greeting, now);
  const order = rememberedPress(world.storage, world.wallClock());
  return order === null ? state : reduce(state, { kind: "resume", order, now });
}

/** Runs the page: one stream from the machine, one call for a press. */
export function useKiosk(world: KioskWorld, greeting: Language): Kiosk {
  const { client, storage, clock, wallClock } = world;
  const [state, dispatch] = useReducer(reduce, undefined, () =>
    start(world, greeting),
  );
  const { step } = state;

  useEffect(() => {
    const end = new AbortController();
    void watchStream({
      open: (signal) => client.watchKiosk({}, { signal }),
      onUpdate: (update) => dispatch({ kind: "update", update, now: clock() }),
      onLiveness: (liveness) => dispatch({ kind: "liveness", liveness }),
      signal: end.signal,
    });
    return () => end.abort();
  }, [client, clock]);

  useEffect(() => {
    const ticks = setInterval(
      () => dispatch({ kind: "tick", now: clock() }),
      tickMs,
    );
    const onTouch = () => dispatch({ kind: "touch", now: clock() });
    // A long press is a press here, not a wish for a menu.
    const onMenu = (event: Event) => event.preventDefault();
    window.addEventListener("pointerdown", onTouch);
    window.addEventListener("keydown", onTouch);
    window.addEventListener("contextmenu", onMenu);
    return () => {
      clearInterval(ticks);
      window.removeEventListener("pointerdown", onTouch);
      window.removeEventListener("keydown", onTouch);
      window.removeEventListener("contextmenu", onMenu);
    };
  }, [clock]);

  const asked: PressOrder | null =
    step.kind === "issuing" && step.asks ? step.order : null;
  const { requestId = "", service = "", language = greeting } = asked ?? {};
  useEffect(() => {
    if (requestId === "") return;
    const end = new AbortController();
    const giveUp = setTimeout(() => end.abort(), longestPressMs);
    rememberPress(storage, { requestId, service, language }, wallClock());
    repeat(
      () =>
        client.issueNumber(
          { requestId, service, language },
          { timeoutMs: attemptTimeoutMs },
        ),
      { signal: end.signal },
    ).then(
      ({ press }) => {
        if (press === undefined) return;
        dispatch({ kind: "answered", requestId, press, now: clock() });
      },
      (failure: unknown) => {
        const refusal = refusalOf(failure);
        dispatch({ kind: "failed", requestId, refusal, now: clock() });
      },
    );
    return () => {
      clearTimeout(giveUp);
      end.abort();
    };
  }, [client, clock, language, requestId, service, storage, wallClock]);

  const { answers = null, talk = false } =
    step.kind === "triage" && step.asks ? step : {};
  useEffect(() => {
    if (answers === null) return;
    const end = new AbortController();
    askNext(client, answers, talk, end.signal).then((next) => {
      if (end.signal.aborted) return;
      dispatch({ kind: "triaged", answers, talk, next, now: clock() });
    });
    return () => end.abort();
  }, [answers, client, clock, talk]);

  const isOver = step.kind !== "issuing" && step.kind !== "number";
  useEffect(() => {
    if (isOver) forgetPress(storage);
  }, [isOver, storage]);

  // Staff see what happens while they look: the corner is read afresh when the
  // stream says that something has changed.
  const key = step.kind === "staff" && step.taken === null ? step.key : "";
  const { printer, hindrance, press } = state.update ?? {};
  const { requestId: pressId, state: pressState } = press ?? {};
  useEffect(() => {
    if (key === "") return;
    client.enterStaffCorner({ staffKey: key }, { timeoutMs: attemptTimeoutMs }).then(
      ({ corner }) => {
        if (corner === undefined) return;
        dispatch({ kind: "refreshed", corner });
      },
      () => {
        // The state line says that the machine is not heard.
      },
    );
  }, [client, key, printer, hindrance, pressId, pressState]);

  const typed = step.kind === "key" && step.asks ? step.typed : "";
  useEffect(() => {
    if (typed === "") return;
    client
      .enterStaffCorner({ staffKey: typed }, { timeoutMs: attemptTimeoutMs })
      .then(
        ({ corner }) => {
          if (corner === undefined) return;
          dispatch({
            kind: "corner",
            key: typed,
            corner,
            outcome: "none",
            now: clock(),
          });
        },
        (failure: unknown) =>
          dispatch({ kind: "staffRefused", refusal: refusalOf(failure) }),
      );
  }, [client, clock, typed]);

  const staffKey = step.kind === "staff" ? step.key : "";
  const taken = step.kind === "staff" ? step.taken : null;
  useEffect(() => {
    if (taken === null) return;
    callStaffStep(client, staffKey, taken).then(
      ({ corner }) => {
        if (corner === undefined) return;
        dispatch({
          kind: "corner",
          key: staffKey,
          corner,
          outcome: "done",
          now: clock(),
        });
      },
      (failure: unknown) =>
        dispatch({ kind: "staffRefused", refusal: refusalOf(failure) }),
    );
  }, [client, clock, staffKey, taken]);

  const leave = useCallback(() => {
    if (staffKey !== "") {
      // The machine knows by itself, a minute later, that they have gone.
      client.leaveStaffCorner({ staffKey }, { timeoutMs: attemptTimeoutMs }).catch(
        () => {},
      );
    }
    dispatch({ kind: "leave", now: clock() });
  }, [client, clock, staffKey]);

  return {
    state,
    tap: (button) => dispatch({ kind: "tap", button, now: clock() }),
    openDoor: () => dispatch({ kind: "openDoor", now: clock() }),
    type: (digit) => dispatch({ kind: "digit", digit }),
    enter: () => dispatch({ kind: "enter" }),
    leave,
  };
}

/** What is next after `answers`; `none` too if the machine does not say. */
async function askNext(
  client: Client<typeof KioskService>,
  answers: readonly Given[],
  talk: boolean,
  end: AbortSignal,
): Promise<Next> {
  try {
    const { next } = await attempt(
      (options) =>
        client.triage({ answers: [...answers], talkToStaff: talk }, options),
      triageTimeoutMs,
      end,
    );
    if (next.case === "question") return { kind: "question", question: next.value };
    if (next.case === "advice") return { kind: "advice", advice: next.value };
  } catch {
    // No visitor is kept from a number because questions cannot be asked.
  }
  return { kind: "none" };
}

function callStaffStep(
  client: Client<typeof KioskService>,
  staffKey: string,
  step: StaffStep,
) {
  const options = { timeoutMs: staffStepTimeoutMs };
  switch (step.kind) {
    case "reprint":
      return client.reprintLast({ staffKey }, options);
    case "paper":
      return client.changePaper({ staffKey }, options);
    case "outOfOrder":
      return client.setOutOfOrder(
        { staffKey, outOfOrder: step.outOfOrder },
        options,
      );
    case "settle":
      return client.settlePrinting(
        { staffKey, press: step.press, visitorHasIt: step.visitorHasIt },
        options,
      );
  }
}
