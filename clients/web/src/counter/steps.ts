import type { CallOptions, Client } from "@connectrpc/connect";
import type { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  Counter_Activity,
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { attempt } from "../shared/attempt";
import { refusalOf, type Refusal } from "../shared/refusal";
import { attemptTimeoutMs } from "../shared/repeat";
import type { TextId, TextValues } from "../shared/texts";
import {
  adopt,
  closedDesk,
  have,
  letGo,
  lost,
  opened,
  undoOfferedMs,
  withoutOldOffer,
  type Desk,
  type Undoable,
} from "./desk";
import { listAllTickets, type Floor } from "./floor";
import type { EditAnswer, HoldAnswer, TransferAnswer } from "./questions";
import { sendStep, type Sender } from "./send";
import { sentenceOf } from "./sentence";

export type CounterCalls = Client<typeof CounterService>;

/** What is only told to a terminal that was wrong about its counter or ticket. */
const lookAgainAt: readonly string[] = [
  "TICKET_CHANGED",
  "TICKET_NOT_CALLED",
  "TICKET_NOT_SERVING",
  "TICKET_AT_OTHER_COUNTER",
  "TICKET_NOT_FOUND",
  "COUNTER_BUSY",
  "COUNTER_PAUSED",
  "COUNTER_READY",
  "TICKET_ENDED",
];

export interface Work extends Sender {
  readonly calls: CounterCalls;
  /** As in `offices/honcho`. */
  readonly office: string;
  /** The last part of the counter's name. */
  readonly counter: string;
  readonly staff: string;
  /** Told when what is known of the counter changes. */
  readonly onDesk: (desk: Desk) => void;
  /** Machine time in ms. */
  readonly now: () => number;
}

/**
 * Takes the steps of a clerk, one call of the server each, and keeps `desk` true.
 * Asks nothing; says what was done or why not.
 *
 * One step is one request id: while its outcome is unknown it is sent again, and
 * the clerk is told. Each step on a ticket carries the version the clerk saw, so
 * that it never acts on another state. A refusal that shows that the terminal was
 * wrong about its counter makes it look again. Each step returns whether it was
 * done. One step at a time: whoever calls waits for the one before.
 */
export class Steps {
  #desk: Desk;
  #settledAt = 0;
  #sending = false;

  constructor(private readonly work: Work) {
    this.#desk = closedDesk(work.counter, work.staff);
  }

  get desk(): Desk {
    return this.#desk;
  }

  /**
   * Opens the counter. Returns "taken", and says nothing, if another terminal
   * works there and `takeOver` was not said.
   */
  async open(takeOver: boolean): Promise<"done" | "refused" | "taken"> {
    const { counter, staff } = this.work;
    try {
      const answer = await this.send((requestId, options) =>
        this.work.calls.openCounter(
          { counter: this.counterName, staff, requestId, takeOver },
          options,
        ),
      );
      this.become(opened(this.#desk, answer.session, answer.ticket));
      this.say("counter.opened", { c: counter });
      if (answer.ticket !== undefined) {
        this.sayOf(answer.ticket, "counter.held_at_opening");
      }
      return "done";
    } catch (failure) {
      const refusal = refusalOf(failure);
      if (!takeOver && refusal.reason === "COUNTER_ALREADY_OPEN")
        return "taken";
      await this.refuse(refusal);
      return "refused";
    }
  }

  async close(): Promise<boolean> {
    const done = await this.settle((requestId, options) =>
      this.work.calls.closeCounter({ ...this.here, requestId }, options),
    );
    if (done === undefined) return false;
    this.become(lost(this.#desk, false));
    this.say("counter.closed", { c: this.work.counter });
    return true;
  }

  async pause(reason: string): Promise<boolean> {
    const done = await this.settle((requestId, options) =>
      this.work.calls.pauseCounter(
        { ...this.here, requestId, reason },
        options,
      ),
    );
    if (done === undefined) return false;
    this.become({
      ...this.#desk,
      activity: Counter_Activity.PAUSED,
      activityReason: reason,
      // Until the next look tells: the answer has no time.
      activityStartTime: undefined,
    });
    this.say("counter.paused", { c: this.work.counter });
    return true;
  }

  /** Ends a pause or paperwork. */
  async goOn(): Promise<boolean> {
    const done = await this.settle((requestId, options) =>
      this.work.calls.resumeCounter({ ...this.here, requestId }, options),
    );
    if (done === undefined) return false;
    this.become(letGo(this.#desk));
    this.say("counter.works_again", { c: this.work.counter });
    return true;
  }

  async callNext(): Promise<boolean> {
    const called = await this.settle((requestId, options) =>
      this.work.calls.callNextTicket({ ...this.here, requestId }, options),
    );
    if (called === undefined) return false;
    const words = called.reason?.text;
    // A press that calls nobody ends paperwork as well.
    const free = letGo(this.#desk);
    this.become(
      called.ticket === undefined ? free : have(free, called.ticket, words),
    );
    if (called.ticket !== undefined)
      this.sayOf(called.ticket, "counter.called");
    if (words !== undefined && words.ja !== "") this.work.say({ words });
    return true;
  }

  async call(ticket: Ticket): Promise<boolean> {
    const called = await this.settle((requestId, options) =>
      this.work.calls.callTicket({ ...this.on(ticket), requestId }, options),
    );
    if (called?.ticket === undefined) return false;
    this.become(have(this.#desk, called.ticket));
    this.sayOf(
      called.ticket,
      called.ticket.pickup ? "counter.called_pickup" : "counter.called",
    );
    return true;
  }

  async serveVisitor(service: string, language: string): Promise<boolean> {
    const served = await this.settle((requestId, options) =>
      this.work.calls.serveVisitor(
        { ...this.here, requestId, service, language },
        options,
      ),
    );
    if (served?.ticket === undefined) return false;
    this.become(have(this.#desk, served.ticket));
    this.sayOf(served.ticket, "counter.served_visitor");
    return true;
  }

  async recall(ticket: Ticket): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.recallTicket({ ...this.on(ticket), requestId }, options),
    );
    if (after?.ticket === undefined) return false;
    this.become(have(this.#desk, after.ticket));
    this.sayOf(after.ticket, "counter.recalled");
    return true;
  }

  async start(ticket: Ticket): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.startServing({ ...this.on(ticket), requestId }, options),
    );
    if (after?.ticket === undefined) return false;
    this.become(have(this.#desk, after.ticket));
    this.sayOf(after.ticket, "counter.started");
    return true;
  }

  async markAbsent(ticket: Ticket): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.markAbsent({ ...this.on(ticket), requestId }, options),
    );
    if (after?.ticket === undefined) return false;
    this.become(letGo(this.#desk));
    this.offerUndo("absent", after.ticket);
    this.sayOf(after.ticket, "counter.absent");
    return true;
  }

  /** An empty `outcome` is the usual one. */
  async complete(
    ticket: Ticket,
    outcome: string,
    wrapUp: boolean,
  ): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.completeTicket(
        { ...this.on(ticket), requestId, outcome, wrapUp },
        options,
      ),
    );
    if (after?.ticket === undefined) return false;
    const free = letGo(this.#desk);
    this.become(
      wrapUp
        ? {
            ...free,
            activity: Counter_Activity.WRAP_UP,
            activityStartTime: after.ticket.endTime,
          }
        : free,
    );
    this.offerUndo("complete", after.ticket);
    this.sayOf(after.ticket, "counter.completed");
    if (after.ticket.state === Ticket_State.WAITING) {
      this.sayOf(after.ticket, "counter.next_service");
    }
    return true;
  }

  async hold(ticket: Ticket, answer: HoldAnswer): Promise<boolean> {
    const { reason, toCounter, minutes } = answer;
    const duration =
      minutes === undefined
        ? {}
        : { duration: { seconds: BigInt(minutes) * 60n } };
    const after = await this.settle((requestId, options) =>
      this.work.calls.holdTicket(
        { ...this.on(ticket), requestId, reason, toCounter, ...duration },
        options,
      ),
    );
    if (after?.ticket === undefined) return false;
    this.become(letGo(this.#desk));
    this.sayOf(after.ticket, "counter.held");
    return true;
  }

  async undo(): Promise<boolean> {
    const undone = await this.settle((requestId, options) =>
      this.work.calls.undoLastStep({ ...this.here, requestId }, options),
    );
    if (undone?.ticket === undefined) return false;
    const { ticket } = undone;
    const here =
      ticket.counter === this.counterName &&
      (ticket.state === Ticket_State.CALLED ||
        ticket.state === Ticket_State.SERVING);
    const free = letGo(this.#desk);
    this.become(here ? have(free, ticket) : free);
    this.sayOf(ticket, "counter.undone");
    return true;
  }

  /** Serves a ticket that was on hold, or with `wait` lets it wait again. */
  async resume(ticket: Ticket, wait: boolean): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.resumeTicket(
        { ...this.on(ticket), requestId, wait },
        options,
      ),
    );
    if (after?.ticket === undefined) return false;
    if (!wait) this.become(have(this.#desk, after.ticket));
    this.sayOf(after.ticket, wait ? "counter.returned" : "counter.resumed");
    return true;
  }

  /** Lets an absent visitor who came back wait again. */
  async letBack(ticket: Ticket): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.returnTicket({ ...this.on(ticket), requestId }, options),
    );
    if (after?.ticket === undefined) return false;
    this.sayOf(after.ticket, "counter.returned");
    return true;
  }

  async transfer(ticket: Ticket, answer: TransferAnswer): Promise<boolean> {
    const wasHere = this.isHere(ticket);
    const after = await this.settle((requestId, options) =>
      this.work.calls.transferTicket(
        { ...this.on(ticket), requestId, ...answer },
        options,
      ),
    );
    if (after?.ticket === undefined) return false;
    if (wasHere) this.become(letGo(this.#desk));
    this.offerUndo("transfer", after.ticket);
    this.sayOf(after.ticket, "counter.transferred");
    if (after.arrived !== undefined) {
      this.say("counter.moved", {
        n: after.ticket.number,
        m: after.arrived.number,
      });
    }
    return true;
  }

  /** `counter` is the last part of its name. */
  async designate(ticket: Ticket, counter: string): Promise<boolean> {
    const { calls, office, staff } = this.work;
    try {
      // Not a step of this counter: what was done here can still be taken back.
      const after = await this.send((requestId, options) =>
        calls.designateTicket(
          {
            ticket: ticket.name,
            counter: `${office}/counters/${counter}`,
            staff,
            expectedVersion: ticket.version,
            requestId,
          },
          options,
        ),
      );
      const { number } = after.ticket ?? ticket;
      this.say("counter.designated", { n: number, c: counter });
      return true;
    } catch (failure) {
      await this.refuse(refusalOf(failure));
      return false;
    }
  }

  async setAssist(ticket: Ticket, assist: boolean): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.setAssist(
        { ...this.on(ticket), requestId, assist },
        options,
      ),
    );
    if (after?.ticket === undefined) return false;
    this.renew(after.ticket);
    this.sayOf(
      after.ticket,
      assist ? "counter.assist_set" : "counter.assist_cleared",
    );
    return true;
  }

  async edit(ticket: Ticket, answer: EditAnswer): Promise<boolean> {
    const after = await this.settle((requestId, options) =>
      this.work.calls.editTicket(
        { ...this.on(ticket), requestId, ...answer },
        options,
      ),
    );
    if (after?.ticket === undefined) return false;
    this.renew(after.ticket);
    this.sayOf(after.ticket, "counter.edited");
    return true;
  }

  /** The ticket of a number; nothing, and the clerk was told, if there is none. */
  async find(number: string): Promise<Ticket | undefined> {
    const { calls, office } = this.work;
    const found = await this.look((options) =>
      calls.findTicket({ office, number }, options),
    );
    return found?.ticket;
  }

  /** Nothing, and the clerk was told, if the office could not be asked. */
  list(states: Ticket_State[]): Promise<Ticket[] | undefined> {
    const { calls, office } = this.work;
    return this.look((options) =>
      listAllTickets(calls, office, states, options),
    );
  }

  /**
   * Believes what a look at the floor found, unless that began before the last
   * step was settled. Lets the offer to undo run out.
   */
  notice(floor: Floor): void {
    this.become(withoutOldOffer(this.#desk, this.work.now()));
    const { lists } = floor;
    if (
      lists === undefined ||
      this.#sending ||
      lists.askedAt <= this.#settledAt
    ) {
      return;
    }
    for (const counter of lists.counters) {
      if (counter.name !== this.counterName) continue;
      const wasOpen = this.#desk.open;
      this.become(adopt(this.#desk, counter));
      if (wasOpen && !this.#desk.open) {
        this.say(
          this.#desk.takenOver ? "counter.taken_over" : "counter.not_open",
        );
      }
    }
  }

  /** Sends a step of the counter. Says why it was refused. */
  private async settle<Answer>(
    step: (requestId: string, options: CallOptions) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      const answer = await this.send(step);
      // Whatever was done, the step before it can no longer be taken back.
      this.become({ ...this.#desk, undo: undefined });
      return answer;
    } catch (failure) {
      await this.refuse(refusalOf(failure));
      return undefined;
    }
  }

  /** See `sendStep`; no look that began before it ended is believed. */
  private async send<Answer>(
    step: (requestId: string, options: CallOptions) => Promise<Answer>,
  ): Promise<Answer> {
    this.#sending = true;
    try {
      return await sendStep(this.work, step);
    } finally {
      this.#settledAt = this.work.now();
      this.#sending = false;
    }
  }

  /** Asks what changes nothing, once: the clerk can ask again. */
  private async look<Answer>(
    ask: (options: CallOptions) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    this.work.onSending("asked");
    try {
      return await this.attempt(ask);
    } catch (failure) {
      const refusal = refusalOf(failure);
      this.work.say(
        refusal.reason === ""
          ? { id: "counter.no_answer" }
          : sentenceOf(refusal),
      );
      return undefined;
    } finally {
      this.work.onSending("no");
    }
  }

  /** Says why, and puts right what the terminal believed. */
  private async refuse(refusal: Refusal): Promise<void> {
    if (this.work.signal.aborted) return;
    this.work.say(sentenceOf(refusal));
    const { reason } = refusal;
    if (reason === "COUNTER_TAKEN_OVER" || reason === "COUNTER_CLOSED") {
      this.become(lost(this.#desk, reason === "COUNTER_TAKEN_OVER"));
      return;
    }
    if (reason === "NOTHING_TO_UNDO") {
      this.become({ ...this.#desk, undo: undefined });
    }
    if (lookAgainAt.includes(reason)) await this.lookAgain();
  }

  private async lookAgain(): Promise<void> {
    const { calls, office, now } = this.work;
    try {
      const { counters } = await this.attempt((options) =>
        calls.listCounters({ office }, options),
      );
      for (const counter of counters) {
        if (counter.name === this.counterName)
          this.become(adopt(this.#desk, counter));
      }
    } catch {
      // Better what was believed than nothing: the next refusal looks again.
      return;
    }
    this.#settledAt = now();
    this.say("counter.looked_again");
  }

  private become(desk: Desk): void {
    if (desk === this.#desk) return;
    this.#desk = desk;
    this.work.onDesk(desk);
  }

  /** Keeps what is believed of the ticket here, if it is this one. */
  private renew(ticket: Ticket): void {
    if (this.isHere(ticket)) this.become({ ...this.#desk, ticket });
  }

  private isHere(ticket: Ticket): boolean {
    return this.#desk.ticket?.name === ticket.name;
  }

  private offerUndo(step: Undoable["step"], ticket: Ticket): void {
    const until = this.work.now() + undoOfferedMs;
    this.become({
      ...this.#desk,
      undo: { step, number: ticket.number, until },
    });
  }

  private say(id: TextId, values: TextValues = {}): void {
    this.work.say({ id, values });
  }

  private sayOf(ticket: Ticket, id: TextId): void {
    this.say(id, { n: ticket.number });
  }

  private get counterName(): string {
    return `${this.work.office}/counters/${this.work.counter}`;
  }

  /** What every step of this counter names. */
  private get here() {
    return { counter: this.counterName, session: this.#desk.session };
  }

  /** What every step on `ticket` names besides: the version the clerk saw. */
  private on(ticket: Ticket) {
    return {
      ...this.here,
      ticket: ticket.name,
      expectedVersion: ticket.version,
    };
  }

  private attempt<Answer>(
    call: (options: CallOptions) => Promise<Answer>,
  ): Promise<Answer> {
    return attempt(call, attemptTimeoutMs, this.work.signal);
  }
}
