import {
  Counter_Activity,
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type { ReportUpstreamRequest_Press } from "../gen/madoguchi/renewal/v1/renewal_service_pb";
import type { TextId } from "../shared/texts";
import type { CaseClerk } from "./cases/case_clerk";
import { refusal } from "./desk";
import { byDeadline, othersAbleToCall, type Floor } from "./floor";
import type { Press } from "./keys";
import {
  whatCanBeDone,
  type Answers,
  type Deal,
  type Question,
} from "./questions";
import type { Sentence } from "./sentence";
import type { Steps } from "./steps";

/** Asks the clerk; nothing if the clerk gave it up. */
export type Ask = <Kind extends Question["kind"]>(
  question: Extract<Question, { kind: Kind }>,
) => Promise<Answers[Kind] | undefined>;

export interface Person {
  readonly say: (sentence: Sentence) => void;
  readonly ask: Ask;
}

/**
 * Does what the clerk presses: asks what has to be asked, guards against slips,
 * and takes the steps. One press at a time: whoever calls waits for the one
 * before.
 */
export class Clerk {
  /** `outcomes`: what the keys 1 to 9 stand for. `floor` tells what goes on. */
  constructor(
    private readonly steps: Steps,
    private readonly person: Person,
    private readonly outcomes: readonly string[],
    private readonly floor: () => Floor,
    private readonly cases: CaseClerk,
    /** Whether a case of the ticket here has not ended. */
    private readonly hasLiveCase: () => boolean,
  ) {}

  /** Does one press. */
  async press(press: Press): Promise<void> {
    const asksFirst =
      press.command === "call_next" &&
      this.steps.desk.ticket?.state === Ticket_State.SERVING;
    // A card whose holder has gone home has no ticket here.
    if (this.cases.hasCardAlone && press.command === "case") {
      return this.cases.goOn(undefined);
    }
    if (this.cases.hasCardAlone && press.command === "case_other") {
      return this.cases.offer(undefined);
    }
    const refused = refusal(this.steps.desk, press.command);
    if (refused !== undefined && !asksFirst) return this.say(refused);
    switch (press.command) {
      case "call_next":
        if (await this.makeFree()) await this.steps.callNext();
        return;
      case "start":
        return this.withTicketHere((ticket) => this.steps.start(ticket));
      case "case":
        return this.withTicketHere((ticket) => this.cases.goOn(ticket));
      case "case_other":
        return this.withTicketHere((ticket) => this.cases.offer(ticket));
      case "cases_parked":
        return this.resumeCase();
      case "upstream":
        return this.askAndReport();
      case "complete":
        return this.withTicketHere((ticket) => this.complete(ticket, ""));
      case "outcome":
        return this.completeWith(press.place ?? 0);
      case "complete_as":
        return this.withTicketHere((ticket) => this.completeAs(ticket));
      case "wrap_up":
        return this.wrapUp();
      case "hold":
        return this.withTicketHere((ticket) => this.hold(ticket));
      case "transfer":
        return this.withSubject("command.transfer", (ticket) =>
          this.transfer(ticket),
        );
      case "recall":
        return this.withTicketHere((ticket) => this.steps.recall(ticket));
      case "absent":
        return this.withTicketHere((ticket) => this.markAbsent(ticket));
      case "undo":
        await this.steps.undo();
        return;
      case "serve_visitor":
        return this.serveVisitor();
      case "find":
        return this.find();
      case "parked":
        return this.chooseAway(Ticket_State.ON_HOLD);
      case "missed":
        return this.chooseAway(Ticket_State.ABSENT);
      case "assist":
        return this.withSubject("command.assist", (ticket) =>
          this.steps.setAssist(ticket, !ticket.assist),
        );
      case "edit":
        return this.withSubject("command.edit", (ticket) => this.edit(ticket));
      case "designate":
        return this.withFound("command.designate", (ticket) =>
          this.designate(ticket),
        );
      case "pause":
        return this.pause();
      case "return":
        return this.letBack();
      case "list":
        return this.list();
      case "take_over":
        return this.open();
      case "help":
        await this.person.ask({ kind: "help" });
        return;
      case "quit":
        return this.close();
    }
  }

  /** Says how the national system does, without a question. */
  report(press: ReportUpstreamRequest_Press): Promise<void> {
    return this.cases.report(press);
  }

  /** Offers what can be done with any ticket. */
  async dealWith(ticket: Ticket): Promise<void> {
    const closed = refusal(this.steps.desk, "find");
    if (closed !== undefined) return this.say(closed);
    const choices = whatCanBeDone(ticket);
    if (choices.length === 0) return this.say("counter.nothing_possible");
    const deal = await this.person.ask({ kind: "deal", ticket, choices });
    if (deal !== undefined) await this.does(deal, ticket);
  }

  private async does(deal: Deal, ticket: Ticket): Promise<void> {
    switch (deal) {
      case "call":
        if (await this.makeFree()) await this.steps.call(ticket);
        return;
      case "resume":
        if (await this.makeFree()) await this.steps.resume(ticket, false);
        return;
      case "wait":
        await this.steps.resume(ticket, true);
        return;
      case "back":
        await this.steps.letBack(ticket);
        return;
      case "transfer":
        return this.transfer(ticket);
      case "designate":
        return this.designate(ticket);
      case "assist":
        await this.steps.setAssist(ticket, !ticket.assist);
        return;
      case "edit":
        return this.edit(ticket);
    }
  }

  private async open(): Promise<void> {
    // Whoever was told that the counter was taken has been asked already.
    const { takenOver, counter } = this.steps.desk;
    if ((await this.steps.open(takenOver)) !== "taken") return;
    const agrees = await this.confirm(
      { id: "counter.confirm_take_over", values: { c: counter } },
      "counter.yes_take_over",
    );
    if (agrees) await this.steps.open(true);
  }

  private async close(): Promise<void> {
    if (!this.steps.desk.open) return;
    const c = this.steps.desk.counter;
    const id = this.isLastAbleToCall()
      ? "counter.confirm_close_last"
      : "counter.confirm_close";
    if (await this.confirm({ id, values: { c } }, "counter.yes_close")) {
      await this.steps.close();
    }
  }

  private async completeWith(place: number): Promise<void> {
    const outcome = this.outcomes[place - 1];
    if (outcome === undefined) return this.say("counter.no_such_outcome");
    await this.withTicketHere((ticket) => this.complete(ticket, outcome));
  }

  /** Completes the ticket; asks once if its renewal has not ended. */
  private async complete(ticket: Ticket, outcome: string): Promise<void> {
    const agrees =
      !this.hasLiveCase() ||
      (await this.confirmOf(
        "renewal.confirm_complete",
        ticket,
        "renewal.yes_complete",
      ));
    if (agrees) await this.steps.complete(ticket, outcome, false);
  }

  private async askAndReport(): Promise<void> {
    const press = await this.person.ask({ kind: "upstream" });
    if (press !== undefined) await this.cases.report(press);
  }

  private async resumeCase(): Promise<void> {
    const renewal = await this.cases.chooseParked();
    if (renewal === undefined) return;
    // Its visitor may be here already: called with a number, as any other.
    const isHere = renewal.ticket === this.steps.desk.ticket?.name;
    if (isHere || (await this.makeFree())) await this.cases.resume(renewal);
  }

  private async completeAs(ticket: Ticket): Promise<void> {
    const outcome = await this.person.ask({
      kind: "outcome",
      number: ticket.number,
    });
    if (outcome !== undefined)
      await this.steps.complete(ticket, outcome, false);
  }

  private async wrapUp(): Promise<void> {
    if (this.steps.desk.ticket === undefined) await this.steps.goOn();
    else
      await this.withTicketHere((ticket) =>
        this.steps.complete(ticket, "", true),
      );
  }

  private async markAbsent(ticket: Ticket): Promise<void> {
    const agrees = await this.confirmOf(
      "counter.confirm_absent",
      ticket,
      "counter.yes_absent",
    );
    if (agrees) await this.steps.markAbsent(ticket);
  }

  private async hold(ticket: Ticket): Promise<void> {
    const answer = await this.person.ask({
      kind: "hold",
      number: ticket.number,
    });
    if (answer !== undefined) await this.steps.hold(ticket, answer);
  }

  private async transfer(ticket: Ticket): Promise<void> {
    const answer = await this.person.ask({
      kind: "transfer",
      number: ticket.number,
    });
    if (answer === undefined) return;
    if (
      answer.toOffice !== "" &&
      !(await this.confirmOf(
        "counter.confirm_move",
        ticket,
        "counter.yes_move",
      ))
    ) {
      return;
    }
    await this.steps.transfer(ticket, answer);
  }

  private async edit(ticket: Ticket): Promise<void> {
    const answer = await this.person.ask({ kind: "edit", ticket });
    if (answer !== undefined) await this.steps.edit(ticket, answer);
  }

  private async designate(ticket: Ticket): Promise<void> {
    const counter = await this.person.ask({
      kind: "counter",
      number: ticket.number,
    });
    if (counter !== undefined) await this.steps.designate(ticket, counter);
  }

  private async serveVisitor(): Promise<void> {
    const answer = await this.person.ask({ kind: "visitor" });
    if (answer !== undefined) {
      await this.steps.serveVisitor(answer.service, answer.language);
    }
  }

  private async pause(): Promise<void> {
    if (this.steps.desk.activity === Counter_Activity.PAUSED) {
      await this.steps.goOn();
      return;
    }
    if (
      this.isLastAbleToCall() &&
      !(await this.confirm(
        { id: "counter.confirm_pause_last" },
        "counter.yes_pause",
      ))
    ) {
      return;
    }
    const reason = await this.person.ask({ kind: "pause" });
    if (reason !== undefined) await this.steps.pause(reason);
  }

  private find(): Promise<void> {
    return this.withFound("command.find", (ticket) => this.dealWith(ticket));
  }

  private async letBack(): Promise<void> {
    const absent = await this.steps.list([Ticket_State.ABSENT]);
    if (absent === undefined) return;
    const ticket = await this.choose(
      "command.return",
      absent,
      "counter.nobody_absent",
    );
    if (ticket !== undefined) await this.steps.letBack(ticket);
  }

  private async chooseAway(state: Ticket_State.ON_HOLD | Ticket_State.ABSENT) {
    const parked = state === Ticket_State.ON_HOLD;
    const listed = await this.steps.list([state]);
    if (listed === undefined) return;
    const ticket = parked
      ? await this.choose(
          "command.parked",
          byDeadline(listed),
          "counter.nobody_parked",
        )
      : await this.choose("command.missed", listed, "counter.nobody_absent");
    if (ticket !== undefined) await this.dealWith(ticket);
  }

  private async list(): Promise<void> {
    const everyone = await this.steps.list([
      Ticket_State.CALLED,
      Ticket_State.SERVING,
      Ticket_State.ON_HOLD,
      Ticket_State.ABSENT,
      Ticket_State.WAITING,
    ]);
    if (everyone === undefined) return;
    const ticket = await this.choose(
      "command.list",
      everyone,
      "counter.nobody_listed",
    );
    if (ticket !== undefined) await this.dealWith(ticket);
  }

  private async choose(
    heading: TextId,
    tickets: readonly Ticket[],
    nobody: TextId,
  ): Promise<Ticket | undefined> {
    if (tickets.length === 0) {
      this.say(nobody);
      return undefined;
    }
    return this.person.ask({ kind: "ticket", heading, tickets });
  }

  /** `act` on the ticket at the counter: the one that the clerk saw. */
  private async withTicketHere(act: (ticket: Ticket) => Promise<unknown>) {
    const { ticket } = this.steps.desk;
    if (ticket !== undefined) await act(ticket);
  }

  /** `act` on the ticket at the counter; without one, on that of a number. */
  private async withSubject(
    heading: TextId,
    act: (ticket: Ticket) => Promise<unknown>,
  ): Promise<void> {
    const { ticket } = this.steps.desk;
    if (ticket === undefined) return this.withFound(heading, act);
    await act(ticket);
  }

  private async withFound(
    heading: TextId,
    act: (ticket: Ticket) => Promise<unknown>,
  ): Promise<void> {
    const number = await this.person.ask({ kind: "number", heading });
    if (number === undefined) return;
    const ticket = await this.steps.find(number);
    if (ticket !== undefined) await act(ticket);
  }

  /**
   * Whether the counter can call: asks "stay, or finish and call" while somebody
   * is served.
   */
  private async makeFree(): Promise<boolean> {
    const { ticket, activity } = this.steps.desk;
    if (ticket === undefined) {
      if (activity !== Counter_Activity.PAUSED) return true;
      this.say("counter.paused_now");
      return false;
    }
    if (ticket.state !== Ticket_State.SERVING) {
      this.say("counter.finish_called");
      return false;
    }
    const agrees = await this.confirmOf(
      "counter.confirm_finish_and_call",
      ticket,
      "counter.yes_finish_and_call",
      "counter.no_stay",
    );
    if (!agrees) {
      this.say("counter.finish_serving");
      return false;
    }
    return this.steps.complete(ticket, "", false);
  }

  private isLastAbleToCall(): boolean {
    return othersAbleToCall(this.floor(), this.steps.desk.counter) === 0;
  }

  private async confirm(
    text: Sentence,
    yes: TextId,
    no: TextId = "counter.no",
  ): Promise<boolean> {
    return (await this.person.ask({ kind: "confirm", text, yes, no })) === true;
  }

  private confirmOf(id: TextId, ticket: Ticket, yes: TextId, no?: TextId) {
    return this.confirm({ id, values: { n: ticket.number } }, yes, no);
  }

  private say(id: TextId): void {
    this.person.say({ id });
  }
}
