import type { CallOptions, Client } from "@connectrpc/connect";
import {
  OfficeEvent_Kind,
  type DisplayService,
  type OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import {
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type { ReportUpstreamRequest_Press } from "../gen/madoguchi/renewal/v1/renewal_service_pb";
import { attempt } from "../shared/attempt";
import { watchOffice, type Liveness } from "../shared/office_watch";
import { refusalOf } from "../shared/refusal";
import { pause } from "../shared/pause";
import { emptyBoard, hasLive, nextMove, type Board } from "./cases/board";
import { CaseClerk } from "./cases/case_clerk";
import { CaseSteps, type CaseCalls } from "./cases/case_steps";
import { Clerk, type Ask } from "./clerk";
import type { Desk } from "./desk";
import {
  lookAtFloor,
  putLists,
  takeUpdate,
  unknownFloor,
  type Floor,
} from "./floor";
import { FloorWatch } from "./floor_watch";
import type { Press } from "./keys";
import type { Answers, Question } from "./questions";
import { sentenceOf, type Sentence } from "./sentence";
import { isSlip, type Settled } from "./slip";
import type { Sending } from "./send";
import { Steps, type CounterCalls } from "./steps";

/** Lists can wait for the next look. */
const lookTimeoutMs = 1_500;
const tickMs = 1_000;
/** What waits in the office, and how the national system does. */
const casesLookMs = 5_000;
/** Somebody stands there and waits. */
const waitingLookMs = 1_000;
/** More is not read. */
const sentencesKept = 6;

/** Who works where. */
export interface Workplace {
  /** As in `offices/honcho`. */
  readonly office: string;
  /** The last part of the counter's name. */
  readonly counter: string;
  readonly staff: string;
  /** The outcomes that the keys 1 to 9 stand for. */
  readonly outcomes: readonly string[];
}

/** What the screen shows. A value: each change makes a new one. */
export interface View {
  readonly desk: Desk;
  readonly floor: Floor;
  readonly liveness: Liveness;
  readonly sending: Sending;
  /** What was said of the last press. */
  readonly said: readonly Sentence[];
  /** Grows with each press, so that the same words are read out again. */
  readonly presses: number;
  /** What is known of renewals. */
  readonly board: Board;
  /** What the clerk is asked now. */
  readonly question: Question | undefined;
  /** Machine time in ms. */
  readonly now: number;
}

/**
 * A clerk's terminal: puts together what the hall's stream, the looks and the
 * steps tell, and does one press after the other. Calls and changes nothing by
 * itself: the counter is opened by a press, also after a reload.
 */
export class Terminal {
  #view: View;
  readonly #listeners = new Set<() => void>();
  readonly #end = new AbortController();
  readonly #floorWatch = new FloorWatch();
  readonly #steps: Steps;
  readonly #clerk: Clerk;
  readonly #cases: CaseSteps;
  #working = false;
  #settled: Settled | undefined;
  #answer: ((answer: unknown) => void) | undefined;

  /** `now` is machine time in ms. */
  constructor(
    private readonly workplace: Workplace,
    private readonly calls: CounterCalls,
    private readonly display: Pick<
      Client<typeof DisplayService>,
      "watchOffice"
    >,
    cases: CaseCalls,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#steps = new Steps({
      calls,
      office: workplace.office,
      counter: workplace.counter,
      staff: workplace.staff,
      say: (sentence) => this.say(sentence),
      onDesk: (desk) => this.takeDesk(desk),
      onSending: (sending) => this.show({ sending }),
      now,
      signal: this.#end.signal,
    });
    this.#cases = new CaseSteps({
      calls: cases,
      office: workplace.office,
      counter: workplace.counter,
      staff: workplace.staff,
      say: (sentence) => this.say(sentence),
      onBoard: (board) => this.show({ board }),
      onSending: (sending) => this.show({ sending }),
      signal: this.#end.signal,
    });
    this.#view = {
      board: emptyBoard,
      desk: this.#steps.desk,
      floor: unknownFloor,
      liveness: { kind: "connecting" },
      sending: "no",
      said: [],
      presses: 0,
      question: undefined,
      now: now(),
    };
    const person = {
      say: (sentence: Sentence) => this.say(sentence),
      ask: this.ask,
    };
    this.#clerk = new Clerk(
      this.#steps,
      person,
      workplace.outcomes,
      () => this.#view.floor,
      new CaseClerk(this.#cases, person),
      () => hasLive(this.#view.board),
    );
  }

  /** For React: `listener` is told of each change. Returns how to end that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): View => this.#view;

  /** Begins to follow the office. Returns how to end it; it cannot begin again. */
  start(): () => void {
    const { signal } = this.#end;
    void watchOffice({
      client: this.display,
      office: this.workplace.office,
      onUpdate: (update) => this.takeUpdate(update),
      onLiveness: (liveness) => this.show({ liveness }),
      signal,
    });
    void this.#floorWatch.run(() => this.look(), signal);
    void this.followCases(signal);
    const ticking = setInterval(() => this.tick(), tickMs);
    return () => {
      clearInterval(ticking);
      this.#end.abort();
      this.cancel();
    };
  }

  /** Looks at the cases now and then; soon again while the authority is asked. */
  private async followCases(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#cases.look();
      const waits =
        nextMove(this.#view.board, this.#view.desk.ticket)?.kind === "wait";
      await pause(waits ? waitingLookMs : casesLookMs, signal);
    }
  }

  /** Lets the clocks go on, and an offer to undo run out. */
  tick(): void {
    this.show({ now: this.now() });
    this.#steps.notice(this.#view.floor);
  }

  takeUpdate(update: OfficeUpdate): void {
    const now = this.now();
    this.show({ floor: takeUpdate(this.#view.floor, update, now), now });
    if (update.update.case === "heartbeat") return;
    const kind =
      update.update.case === "event" ? update.update.value.kind : undefined;
    // How many wait is in the update itself.
    if (kind !== OfficeEvent_Kind.WAITING_CHANGED) this.#floorWatch.wake();
  }

  /** Looks at the office once. A failed look leaves the lists as they are. */
  async look(): Promise<void> {
    const { calls, workplace } = this;
    const look = (options: CallOptions) =>
      lookAtFloor(calls, workplace.office, this.now(), options);
    try {
      const lists = await attempt(look, lookTimeoutMs, this.#end.signal);
      this.show({ floor: putLists(this.#view.floor, lists), now: this.now() });
      this.#steps.notice(this.#view.floor);
    } catch {
      // The screen says how old the lists are.
    }
  }

  /**
   * Does one press. `source` is the key or the place on the screen. While the
   * press before is at work, and for the second half of a double press, nothing
   * is done, and the clerk is told.
   */
  press(press: Press, source: string): Promise<void> {
    return this.work(source, () => this.#clerk.press(press));
  }

  /** Says how the national system does. */
  report(press: ReportUpstreamRequest_Press): Promise<void> {
    return this.work(`upstream:${press}`, () => this.#clerk.report(press));
  }

  /** Offers what can be done with a ticket that was clicked. */
  dealWith(ticket: Ticket): Promise<void> {
    return this.work(`ticket:${ticket.name}`, () =>
      this.#clerk.dealWith(ticket),
    );
  }

  /** Answers `question`, which is asked now. */
  answer<Kind extends Question["kind"]>(
    _question: Kind,
    answer: Answers[Kind],
  ): void {
    this.#answer?.(answer);
  }

  /** Gives up what is asked now. */
  cancel(): void {
    this.#answer?.(undefined);
  }

  private async work(source: string, act: () => Promise<void>): Promise<void> {
    if (this.#working) return this.sayOnce({ id: "counter.still_working" });
    if (isSlip(this.#settled, source, this.now())) {
      return this.sayOnce({ id: "counter.slip" });
    }
    this.#working = true;
    const { desk, board } = this.#view;
    // What was said before belongs to the press before.
    this.show({ said: [], presses: this.#view.presses + 1 });
    try {
      await act();
    } catch (failure) {
      this.say(sentenceOf(refusalOf(failure)));
    } finally {
      this.#working = false;
      const after = this.#view;
      // The key for a case means its next step by now.
      if (after.desk !== desk || after.board.cases !== board.cases) {
        this.#settled = { source, at: this.now() };
      }
      this.#floorWatch.wake();
    }
  }

  private readonly ask: Ask = (question) =>
    new Promise((resolve) => {
      if (this.#end.signal.aborted) return resolve(undefined);
      this.#answer = (answer) => {
        this.#answer = undefined;
        this.show({ question: undefined });
        // The screen takes the kind of question and answer from one table.
        resolve(answer as Parameters<typeof resolve>[0]);
      };
      this.show({ question });
    });

  private takeDesk(desk: Desk): void {
    const lostIt = this.#view.desk.open && !desk.open;
    this.show({ desk, now: this.now() });
    const { ticket } = desk;
    const served = ticket?.state === Ticket_State.SERVING ? ticket.name : "";
    const hasCardAlone = ticket === undefined && this.#cases.board.ofCustody;
    if (!hasCardAlone) void this.#cases.follow(served);
    // A question about a counter that is no longer ours leads nowhere.
    if (lostIt) this.cancel();
  }

  private say(sentence: Sentence): void {
    this.show({ said: [...this.#view.said, sentence].slice(-sentencesKept) });
  }

  private sayOnce(sentence: {
    id: "counter.still_working" | "counter.slip";
  }): void {
    const said = this.#view.said.some(
      (one) => "id" in one && one.id === sentence.id,
    );
    if (!said) this.say(sentence);
  }

  private show(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
