import type { CallOptions, Client } from "@connectrpc/connect";
import { Code } from "@connectrpc/connect";
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  Renewal_State as State,
  type AnswersSchema,
  type Renewal,
  type Renewal_Parking_Reason as ParkReason,
  type Step,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";
import {
  RecordStepRequest_Event as Event,
  type RecordStepRequest,
  type RecordStepResponse,
  type RenewalService,
  type ReportUpstreamRequest_Press as UpstreamPress,
  type StartRenewalResponse,
} from "../../gen/madoguchi/renewal/v1/renewal_service_pb";
import type { Upstream } from "../../gen/madoguchi/renewal/v1/upstream_pb";
import { attempt } from "../../shared/attempt";
import { refusalOf } from "../../shared/refusal";
import { sendStep, type Sender } from "../send";
import { sentenceOf } from "../sentence";
import { emptyBoard, withCase, type Board } from "./board";

export type CaseCalls = Client<typeof RenewalService>;

/** Looks can wait for the next one. */
const lookTimeoutMs = 1_500;

/** So long a press is repeated; then the counter goes on without renewal. */
const pressPatienceMs = 12_000;

/** What only a terminal is told that was wrong about a case. */
const lookAgainAt: readonly string[] = [
  "CASE_CHANGED",
  "CASE_ENDED",
  "CASE_EXISTS",
  "CASE_NOT_FOUND",
  "CASE_NOT_OPEN",
  "CASE_NOT_PARKED",
  "ISSUANCE_NOT_SENT",
  "ISSUANCE_SENT",
  "ISSUANCE_UNDER_WAY",
  "STEP_NOT_NEXT",
  "STEPS_LEFT",
];

/** What renewal answers to a step: the case after it. */
export interface Answered {
  readonly renewal?: Renewal | undefined;
}

export interface CaseWork extends Sender {
  readonly calls: CaseCalls;
  /** As in `offices/honcho`. */
  readonly office: string;
  /** The last part of the counter's name. */
  readonly counter: string;
  readonly staff: string;
  /** Told when what is known of the cases changes. */
  readonly onBoard: (board: Board) => void;
  /** How long a press is repeated, in ms; as is usual if left out. */
  readonly patienceMs?: number;
}

/**
 * Takes a clerk's steps on cases, one call of renewal each, and keeps `board`
 * true. Asks nothing; says why a step was refused. One step is one request id, and
 * carries the version that the clerk saw. Each returns what was answered, nothing
 * if it was refused, or if renewal stayed away: a counter never stands still for
 * it, and what came of the press is seen at the next look. One step at a time: whoever calls waits for the one before.
 */
export class CaseSteps {
  #board: Board = emptyBoard;

  constructor(private readonly work: CaseWork) {}

  get board(): Board {
    return this.#board;
  }

  /** From now on the cases are those of `ticket`; empty: of none. */
  async follow(ticket: string, ofCustody = false): Promise<void> {
    if (ticket === this.#board.ticket) return;
    this.become({ ...this.#board, ticket, ofCustody, cases: [], nearLock: "" });
    await this.lookAtTicket();
  }

  start(
    person: number,
    answers: MessageInitShape<typeof AnswersSchema>,
  ): Promise<StartRenewalResponse | undefined> {
    const { ticket } = this.#board;
    return this.settle((requestId, options) =>
      this.work.calls.startRenewal(
        { ticket, person, answers, requestId, ...this.hand },
        options,
      ),
    );
  }

  async record(
    renewal: Renewal,
    step: Step,
    event: Event,
    more: Partial<
      Pick<RecordStepRequest, "attempt" | "refusal" | "pinKind" | "wrongTries">
    > = {},
  ): Promise<RecordStepResponse | undefined> {
    const answer = await this.settle((requestId, options) =>
      this.work.calls.recordStep(
        { ...this.on(renewal), requestId, step, event, ...more },
        options,
      ),
    );
    if (answer === undefined) return undefined;
    const nearLock = answer.offerReset ? renewal.name : "";
    this.become({ ...this.#board, nearLock });
    return answer;
  }

  request(renewal: Renewal): Promise<Answered | undefined> {
    return this.settle((requestId, options) =>
      this.work.calls.requestIssuance({ ...this.on(renewal), requestId }, options),
    );
  }

  park(
    renewal: Renewal,
    reason: ParkReason,
  ): Promise<Answered | undefined> {
    return this.settle((requestId, options) =>
      this.work.calls.parkRenewal(
        { ...this.on(renewal), requestId, reason },
        options,
      ),
    );
  }

  resume(renewal: Renewal): Promise<Answered | undefined> {
    return this.settle((requestId, options) =>
      this.work.calls.resumeRenewal({ ...this.on(renewal), requestId }, options),
    );
  }

  finish(
    renewal: Renewal,
    completeTicket: boolean,
  ): Promise<Answered | undefined> {
    return this.settle((requestId, options) =>
      this.work.calls.finishRenewal(
        { ...this.on(renewal), requestId, completeTicket },
        options,
      ),
    );
  }

  /** `reason` is a code. */
  abandon(
    renewal: Renewal,
    reason: string,
  ): Promise<Answered | undefined> {
    return this.settle((requestId, options) =>
      this.work.calls.abandonRenewal(
        { ...this.on(renewal), requestId, reason },
        options,
      ),
    );
  }

  /** Says how the national system does. */
  async report(press: UpstreamPress): Promise<boolean> {
    const answer = await this.settle((requestId, options) =>
      this.work.calls.reportUpstream({ press, requestId, ...this.hand }, options),
    );
    if (answer?.upstream !== undefined) {
      this.become({ ...this.#board, upstream: answer.upstream });
    }
    return answer !== undefined;
  }

  /**
   * Looks once at what waits in the office, at the national system and at the
   * cases of the ticket. What does not answer is not known; nobody is told.
   */
  async look(): Promise<void> {
    const { calls, office } = this.work;
    try {
      const { renewals } = await this.ask((options) =>
        calls.listRenewals({ parent: office, pageSize: 100 }, options),
      );
      const parked = renewals.filter(({ state }) => state === State.PARKED);
      this.become({ ...this.#board, isThere: true, parked });
    } catch (failure) {
      // One that is away for a moment is still there; its calls are repeated.
      const isAbsent = refusalOf(failure).code === Code.Unimplemented;
      if (isAbsent) this.become({ ...this.#board, isThere: false });
      return;
    }
    const upstream = await this.lookUpstream();
    this.become({ ...this.#board, upstream });
    await this.lookAtTicket();
  }

  /** Looks at the cases of the ticket once. */
  async lookAtTicket(): Promise<void> {
    const { ticket } = this.#board;
    if (ticket === "") return;
    try {
      const { renewals } = await this.ask((options) =>
        this.work.calls.listRenewals(
          { parent: this.work.office, ticket },
          options,
        ),
      );
      let board = { ...this.#board, isThere: true };
      for (const renewal of renewals) board = withCase(board, renewal);
      this.become(board);
    } catch {
      // The next look tells.
    }
  }

  /**
   * How the national system does. Its stream tells at once; it is not followed,
   * for a page holds one stream and that is the hall's.
   */
  private async lookUpstream(): Promise<Upstream | undefined> {
    const { calls, office } = this.work;
    try {
      return await this.ask(async (options) => {
        for await (const now of calls.watchUpstream({ parent: office }, options)) {
          return now;
        }
        return undefined;
      });
    } catch {
      return undefined;
    }
  }

  private async settle<Answer extends object>(
    step: (requestId: string, options: CallOptions) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const patience = AbortSignal.timeout(this.work.patienceMs ?? pressPatienceMs);
    const signal = AbortSignal.any([this.work.signal, patience]);
    try {
      const answer = await sendStep({ ...this.work, signal }, step);
      if ("renewal" in answer && answer.renewal !== undefined) {
        this.become(withCase(this.#board, answer.renewal as Renewal));
      }
      return answer;
    } catch (failure) {
      if (this.work.signal.aborted) return undefined;
      if (patience.aborted) {
        this.work.say({ id: "renewal.not_there" });
        return undefined;
      }
      const refusal = refusalOf(failure);
      this.work.say(sentenceOf(refusal));
      if (refusal.reason === "CUSTODY_NOT_OFFERED") {
        this.become({ ...this.#board, offersCustody: false });
      }
      if (lookAgainAt.includes(refusal.reason)) await this.lookAtTicket();
      return undefined;
    }
  }

  private ask<Answer>(
    call: (options: CallOptions) => Promise<Answer>,
  ): Promise<Answer> {
    return attempt(call, lookTimeoutMs, this.work.signal);
  }

  private become(board: Board): void {
    this.#board = board;
    this.work.onBoard(board);
  }

  /** Who presses, and where. */
  private get hand() {
    const { office, counter, staff } = this.work;
    return { counter: `${office}/counters/${counter}`, staff };
  }

  private on(renewal: Renewal) {
    return {
      name: renewal.name,
      expectedVersion: renewal.version,
      ...this.hand,
    };
  }
}
