import type { Renewal } from "../../gen/madoguchi/renewal/v1/renewal_pb";
import { Step } from "../../gen/madoguchi/renewal/v1/renewal_pb";
import {
  RecordStepRequest_Event as Event,
  type ReportUpstreamRequest_Press,
} from "../../gen/madoguchi/renewal/v1/renewal_service_pb";
import type { Ticket } from "../../gen/madoguchi/ticketing/v1/ticket_pb";
import type { Person } from "../clerk";
import {
  currentCase,
  dealsOf,
  isPinOfForm,
  nextMove,
  nextPerson,
  reasonOf,
  receiptOf,
  type Deal,
} from "./board";
import type { CaseSteps } from "./case_steps";

/**
 * Does what a clerk presses about a case: asks what has to be asked, and takes the
 * steps. One press at a time.
 */
export class CaseClerk {
  constructor(
    private readonly steps: CaseSteps,
    private readonly person: Person,
  ) {}

  /** The one key: the next lawful press on the case of `ticket`. */
  async goOn(ticket: Ticket | undefined): Promise<void> {
    const move = nextMove(this.steps.board, ticket);
    switch (move?.kind) {
      case undefined:
        return this.person.say({
          id: this.steps.board.isThere
            ? "renewal.nothing_next"
            : "renewal.not_there",
        });
      case "start":
        return ticket && this.start(ticket, move.person);
      case "step":
        await this.steps.record(move.renewal, move.step, Event.DONE);
        return;
      case "request":
        await this.steps.request(move.renewal);
        return;
      case "result":
        return this.takeResult(move.renewal);
      case "wait":
        return this.person.say({ id: "renewal.next_wait" });
      case "resume":
        return this.resume(move.renewal);
      case "finish":
        return this.finish(move.renewal, move.completes, ticket);
    }
  }

  /** What else there is to do about the case of `ticket`. */
  async offer(ticket: Ticket | undefined): Promise<void> {
    const { board } = this.steps;
    if (!board.isThere) return this.person.say({ id: "renewal.not_there" });
    const choices = dealsOf(board);
    const deal = await this.person.ask({ kind: "case_deal", choices });
    if (deal !== undefined) await this.does(deal, ticket);
  }

  /** A parked case to go on with; nothing if none was chosen. */
  async chooseParked(): Promise<Renewal | undefined> {
    await this.steps.look();
    const { parked, isThere } = this.steps.board;
    if (!isThere || parked.length === 0) {
      this.person.say({
        id: isThere ? "renewal.nobody_parked" : "renewal.not_there",
      });
      return undefined;
    }
    return this.person.ask({ kind: "case", cases: parked });
  }

  /** Whether a card is worked on whose holder has gone home. */
  get hasCardAlone(): boolean {
    return this.steps.board.ofCustody;
  }

  async resume(renewal: Renewal): Promise<void> {
    const { parking } = renewal;
    const resumed = await this.steps.resume(renewal);
    if (resumed === undefined || parking?.reason !== reasonOf.park_custody) return;
    await this.steps.follow(renewal.ticket, /* ofCustody */ true);
  }

  async report(press: ReportUpstreamRequest_Press): Promise<void> {
    if (await this.steps.report(press)) this.person.say({ id: "upstream.reported" });
  }

  private async does(deal: Deal, ticket: Ticket | undefined): Promise<void> {
    if (deal === "another") {
      const person = nextPerson(this.steps.board);
      if (person !== undefined && ticket !== undefined) {
        await this.start(ticket, person);
      }
      return;
    }
    const renewal = currentCase(this.steps.board);
    if (renewal === undefined) return;
    switch (deal) {
      case "wrong_pin":
        return this.noteWrongPin(renewal, ticket);
      case "reset":
        return this.chooseReset(renewal);
      case "abandon": {
        const reason = await this.person.ask({ kind: "case_code", of: "abandon" });
        if (reason !== undefined) await this.steps.abandon(renewal, reason);
        return this.putCardAway();
      }
      default: {
        const parked = await this.steps.park(renewal, reasonOf[deal]);
        if (parked?.renewal !== undefined) await this.tell(parked.renewal, ticket);
        return this.putCardAway();
      }
    }
  }

  private async start(ticket: Ticket, person: number): Promise<void> {
    const answers = await this.person.ask({
      kind: "case_answers",
      number: ticket.number,
      service: ticket.service,
      person,
    });
    if (answers !== undefined) await this.steps.start(person, answers);
  }

  private async takeResult(renewal: Renewal): Promise<void> {
    const event = await this.person.ask({ kind: "case_result" });
    if (event === undefined) return;
    let refusal = "";
    if (event === Event.REFUSED) {
      const code = await this.person.ask({ kind: "case_code", of: "refusal" });
      if (code === undefined) return;
      refusal = code;
    }
    const attempt = renewal.issuance?.attempt ?? "";
    await this.steps.record(renewal, Step.ISSUE, event, { attempt, refusal });
  }

  private async noteWrongPin(
    renewal: Renewal,
    ticket: Ticket | undefined,
  ): Promise<void> {
    const wrong = isPinOfForm(renewal)
      ? {}
      : await this.person.ask({ kind: "wrong_pin" });
    if (wrong === undefined) return;
    const answer = await this.steps.record(
      renewal,
      Step.ENTER_PIN,
      Event.WRONG_PIN,
      wrong,
    );
    if (answer === undefined) return;
    if (answer.texts.length > 0) {
      const language = ticket?.language ?? "";
      const { texts } = answer;
      await this.person.ask({ kind: "told", texts, receipt: "", language });
    }
    if (!answer.offerReset || answer.renewal === undefined) return;
    const wantsReset = await this.person.ask({
      kind: "confirm",
      text: { id: "renewal.confirm_reset" },
      yes: "renewal.yes_reset",
      no: "renewal.no_reset",
    });
    if (wantsReset === true) await this.chooseReset(answer.renewal);
  }

  private async chooseReset(renewal: Renewal): Promise<void> {
    await this.steps.record(renewal, Step.ENTER_PIN, Event.RESET_CHOSEN);
  }

  private async finish(
    renewal: Renewal,
    completes: boolean,
    ticket: Ticket | undefined,
  ): Promise<void> {
    const finished = await this.steps.finish(renewal, completes);
    if (finished?.renewal !== undefined) await this.tell(finished.renewal, ticket);
    return this.putCardAway();
  }

  /** After the case of a card that was in custody there is nobody here. */
  private async putCardAway(): Promise<void> {
    const { board } = this.steps;
    if (board.ofCustody && currentCase(board) === undefined) {
      await this.steps.follow("");
    }
  }

  /** Shows what the visitor is to be told, until the clerk has done so. */
  private async tell(renewal: Renewal, ticket: Ticket | undefined): Promise<void> {
    const receipt =
      renewal.parking?.reason === reasonOf.park_custody ? receiptOf(renewal) : "";
    const language = ticket?.language ?? "";
    await this.person.ask({ kind: "told", texts: renewal.texts, receipt, language });
  }
}
