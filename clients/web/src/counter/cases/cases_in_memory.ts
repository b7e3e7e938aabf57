// For tests alone: renewals that are kept in memory, on one fixed path.
import { create } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import {
  Renewal_Issuance_State as IssuanceState,
  Renewal_Result as Result,
  Renewal_State as State,
  Renewal_StepRecord_Kind as Kind,
  RenewalSchema,
  Step,
  type Renewal,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";
import {
  RecordStepRequest_Event as Event,
  RenewalService,
  type StartRenewalRequest,
} from "../../gen/madoguchi/renewal/v1/renewal_service_pb";
import {
  Upstream_Connector as Connector,
  Upstream_State as UpstreamState,
} from "../../gen/madoguchi/renewal/v1/upstream_pb";
import { refused } from "../office_in_memory";
import type { CaseCalls } from "./case_steps";

/** Renewal for one office; its cases have the path of C-20. */
export class CasesInMemory {
  readonly cases = new Map<string, Renewal>();
  /** What was asked, in order. */
  readonly sent: string[] = [];
  starts: StartRenewalRequest[] = [];
  /** Told what a finished case asks of its ticket. */
  onComplete: (ticket: string) => void = () => {};
  onHold: (ticket: string) => void = () => {};
  upstream: UpstreamState | undefined = UpstreamState.WORKS;

  /** Puts a case into the office. */
  add(name: string, change: Partial<Renewal> = {}): Renewal {
    const renewal = create(RenewalSchema, {
      name: `offices/honcho/renewals/${name}`,
      ticket: `offices/honcho/tickets/${name.slice(0, name.lastIndexOf("-"))}`,
      person: Number(name.slice(-1)),
      state: State.OPEN,
      row: "C-20",
      outcome: "RENEW_TODAY",
      path: [Step.CHECK_CARD, Step.ENTER_PIN, Step.ISSUE, Step.RETURN_CARD],
      nextStep: Step.CHECK_CARD,
      version: 1n,
    });
    Object.assign(renewal, change);
    this.cases.set(renewal.name, renewal);
    return renewal;
  }

  get calls(): CaseCalls {
    const transport = createRouterTransport(({ service }) =>
      service(RenewalService, {
        startRenewal: (request) => {
          this.sent.push("start");
          this.starts.push(request);
          const ticket = request.ticket.slice(request.ticket.lastIndexOf("/") + 1);
          return { renewal: this.add(`${ticket}-${request.person}`) };
        },
        recordStep: (request) => {
          this.sent.push(`${Step[request.step]} ${Event[request.event]}`);
          const renewal = this.seen(request);
          if (request.step !== renewal.nextStep) throw refused("STEP_NOT_NEXT");
          return this.record(renewal, request.event, request.wrongTries);
        },
        requestIssuance: (request) => {
          this.sent.push("request");
          return {
            renewal: this.change(this.seen(request), {
              issuance: {
                $typeName: "madoguchi.renewal.v1.Renewal.Issuance",
                attempt: "attempt-1",
                state: IssuanceState.SENT,
                refusal: "",
              },
            }),
          };
        },
        parkRenewal: (request) => {
          this.sent.push("park");
          if (request.reason === 3) throw refused("CUSTODY_NOT_OFFERED");
          const renewal = this.change(this.seen(request), {
            state: State.PARKED,
            texts: ["closing.kept_place"],
            parking: {
              $typeName: "madoguchi.renewal.v1.Renewal.Parking",
              reason: request.reason,
            },
          });
          this.onHold(renewal.ticket);
          return { renewal };
        },
        resumeRenewal: (request) => {
          this.sent.push("resume");
          return { renewal: this.change(this.seen(request), { state: State.OPEN }) };
        },
        finishRenewal: (request) => {
          this.sent.push(request.completeTicket ? "finish ticket" : "finish");
          const renewal = this.change(this.seen(request), {
            state: State.FINISHED,
            result: Result.RENEWED,
            texts: ["closing.renewed", "closing.signing_soon"],
          });
          if (request.completeTicket) this.onComplete(renewal.ticket);
          return { renewal };
        },
        abandonRenewal: (request) => {
          this.sent.push(`abandon ${request.reason}`);
          return {
            renewal: this.change(this.seen(request), { state: State.ABANDONED }),
          };
        },
        listRenewals: ({ ticket }) => ({
          renewals: [...this.cases.values()].filter((one) =>
            ticket === ""
              ? one.state === State.OPEN || one.state === State.PARKED
              : one.ticket === ticket,
          ),
        }),
        reportUpstream: ({ press }) => {
          this.sent.push(`report ${press}`);
          this.upstream =
            [undefined, UpstreamState.DOWN, UpstreamState.SLOW, UpstreamState.WORKS][
              press
            ] ?? UpstreamState.WORKS;
          return { upstream: this.now() };
        },
        watchUpstream: async function* (
          this: void,
          _request: unknown,
          _context: unknown,
        ) {
          if (self.upstream === undefined) throw refused("UNIMPLEMENTED");
          yield self.now();
          await new Promise(() => {});
        },
      }),
    );
    const self = this;
    return createClient(RenewalService, transport);
  }

  private now() {
    return {
      state: this.upstream ?? UpstreamState.STATE_UNSPECIFIED,
      connector: Connector.MANUAL,
    };
  }

  private seen(request: { name: string; expectedVersion: bigint }): Renewal {
    const renewal = this.cases.get(request.name);
    if (renewal === undefined) throw refused("CASE_NOT_FOUND");
    if (renewal.version !== request.expectedVersion) throw refused("CASE_CHANGED");
    return renewal;
  }

  private change(renewal: Renewal, change: Partial<Renewal>): Renewal {
    const after = { ...renewal, ...change, version: renewal.version + 1n };
    this.cases.set(after.name, after);
    return after;
  }

  private record(renewal: Renewal, event: Event, tries: number) {
    if (event === Event.WRONG_PIN) {
      return { renewal: this.change(renewal, {}), offerReset: tries === 2 };
    }
    if (event === Event.RESET_CHOSEN) {
      const path = [Step.CHECK_CARD, Step.RESET_PIN, ...renewal.path.slice(1)];
      return {
        renewal: this.change(renewal, { path, nextStep: Step.RESET_PIN, row: "C-21" }),
      };
    }
    if (event === Event.UNCLEAR && renewal.issuance !== undefined) {
      const issuance = {
        ...renewal.issuance,
        state: IssuanceState.CHECK_AT_TERMINAL,
      };
      return { renewal: this.change(renewal, { issuance }) };
    }
    const at = renewal.path.indexOf(renewal.nextStep);
    const record = {
      $typeName: "madoguchi.renewal.v1.Renewal.StepRecord" as const,
      step: renewal.nextStep,
      kind: Kind.DONE,
      staff: "hana",
      counter: "2",
    };
    return {
      renewal: this.change(renewal, {
        steps: [...renewal.steps, record],
        nextStep: renewal.path[at + 1] ?? Step.STEP_UNSPECIFIED,
      }),
    };
  }
}
