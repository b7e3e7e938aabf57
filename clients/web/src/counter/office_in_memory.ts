// For tests alone: an office that keeps its state in memory and loses replies
// when told to.
import {
  create,
  toBinary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createRouterTransport,
  type ConnectRouter,
  type Transport,
} from "@connectrpc/connect";
import { ErrorInfoSchema } from "../gen/madoguchi/rpc/v1/status_pb";
import { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  DisplayService,
  OfficeUpdateSchema,
  type OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import {
  Counter_Activity,
  CounterSchema,
  Ticket_State,
  TicketSchema,
  type Counter,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";

export const office = "offices/honcho";

/** A refusal as the server makes it. */
export function refused(
  reason: string,
  metadata: Record<string, string> = {},
): ConnectError {
  const code =
    reason === "TICKET_CHANGED" ? Code.Aborted : Code.FailedPrecondition;
  const error = new ConnectError(reason, code);
  error.details.push({
    type: "google.rpc.ErrorInfo",
    value: toBinary(
      ErrorInfoSchema,
      create(ErrorInfoSchema, { reason, domain: "madoguchi", metadata }),
    ),
  });
  return error;
}

/** What the network may do to a step. */
export type Fault =
  /** The server never heard of it. */
  | "lost"
  /** It was done, and the answer was lost. */
  | "reply_lost"
  | ConnectError;

interface StepRequest {
  readonly requestId: string;
  readonly counter: string;
  readonly session?: bigint;
  readonly ticket?: string;
  readonly expectedVersion?: bigint;
}

/** One office with counters 1 to 4, of which 2 and 3 can be opened here. */
export class OfficeInMemory {
  readonly tickets = new Map<string, Ticket>();
  readonly counters: Counter[] = [1, 2, 3, 4].map((id) =>
    create(CounterSchema, {
      name: `${office}/counters/${id}`,
      label: { ja: `${id}番窓口`, en: `Counter ${id}` },
    }),
  );
  /** What becomes of the next steps, in order; then nothing goes wrong. */
  readonly faults: Fault[] = [];
  /** The steps that arrived, repeats included, and the request id of each. */
  readonly sent: string[] = [];
  readonly ids: string[] = [];
  /** The last request of its kind, by method. */
  readonly requests = new Map<string, unknown>();
  /** Office time, in seconds. */
  seconds = 1_000n;
  /** What a finish leaves the ticket in. */
  completed: Ticket_State = Ticket_State.COMPLETED;
  /** The number at the other office, for a transfer there. */
  arrived = "";
  /** While set, a step waits for it before it is answered. */
  gate: Promise<void> | undefined;
  /** What the hall's stream says to begin with; then nothing. */
  readonly updates: OfficeUpdate[] = [];
  /** One, so that whoever reads only the first page is caught. */
  ticketsInPage = 1;
  /** Whether a stream that begins now says nothing at all. */
  silent = false;

  readonly #outcomes = new Map<string, unknown>();
  #before: { ticket: Ticket; counter: string } | undefined;

  /** Puts a ticket into the office. */
  add(
    number: string,
    more: Exclude<MessageInitShape<typeof TicketSchema>, Ticket> = {},
  ): Ticket {
    const ticket = create(TicketSchema, {
      name: `${office}/tickets/${number}`,
      number,
      service: "renew_self",
      state: Ticket_State.WAITING,
      language: "ja",
      version: 1n,
      arrivalTime: { seconds: this.seconds, nanos: 0 },
      ...more,
    });
    this.tickets.set(ticket.name, ticket);
    return ticket;
  }

  counter(id: string): Counter {
    const counter = this.counters.find((one) => one.name.endsWith(`/${id}`));
    if (counter === undefined)
      throw refused("COUNTER_NOT_FOUND", { counter: id });
    return counter;
  }

  ticket(number: string): Ticket {
    const ticket = this.tickets.get(`${office}/tickets/${number}`);
    if (ticket === undefined) throw refused("NUMBER_NOT_FOUND");
    return ticket;
  }

  /** Says `update` on the hall's stream. */
  says(update: OfficeUpdate["update"]): void {
    this.updates.push(
      create(OfficeUpdateSchema, {
        sequence: BigInt(this.updates.length + 1),
        officeTime: this.time,
        update,
      }),
    );
  }

  get transport(): Transport {
    return createRouterTransport((router) => this.route(router));
  }

  private route(router: ConnectRouter): void {
    const step = this.step.bind(this);
    const on = this.onTicket.bind(this);
    router.service(CounterService, {
      openCounter: (request) =>
        step("openCounter", request, () => {
          const counter = this.counter(lastPart(request.counter));
          if (counter.open && !request.takeOver)
            throw refused("COUNTER_ALREADY_OPEN");
          counter.open = true;
          counter.staff = request.staff;
          counter.session += 7n;
          if (counter.ticket === undefined)
            counter.activity = Counter_Activity.READY;
          return {
            session: counter.session,
            ...(counter.ticket === undefined
              ? {}
              : { ticket: { ...counter.ticket } }),
          };
        }),
      closeCounter: (request) =>
        step("closeCounter", request, () => {
          Object.assign(this.working(request), { open: false, staff: "" });
          return {};
        }),
      callNextTicket: (request) =>
        step("callNextTicket", request, () => {
          const counter = this.working(request);
          if (counter.ticket !== undefined) throw refused("COUNTER_BUSY");
          counter.activity = Counter_Activity.READY;
          const next = [...this.tickets.values()].find(
            (ticket) => ticket.state === Ticket_State.WAITING,
          );
          const text = { ja: "理由", en: "The reason." };
          if (next === undefined) return { reason: { text } };
          return { ticket: this.call(next, counter), reason: { text } };
        }),
      recallTicket: (request) =>
        on("recallTicket", request, (ticket) => {
          ticket.recallCount += 1;
        }),
      startServing: (request) =>
        on("startServing", request, (ticket) => {
          ticket.state = Ticket_State.SERVING;
          ticket.servingStartTime = this.time;
        }),
      completeTicket: (request) =>
        on("completeTicket", request, (ticket, counter) => {
          this.leave(ticket, counter, this.completed);
          ticket.outcome = request.outcome;
          counter.activity = request.wrapUp
            ? Counter_Activity.WRAP_UP
            : Counter_Activity.READY;
        }),
      markAbsent: (request) =>
        on("markAbsent", request, (ticket, counter) =>
          this.leave(ticket, counter, Ticket_State.ABSENT),
        ),
      returnTicket: (request) =>
        on("returnTicket", request, (ticket) => {
          ticket.state = Ticket_State.WAITING;
        }),
      callTicket: (request) =>
        on("callTicket", request, (ticket, counter) => {
          const wasAway = ticket.state === Ticket_State.ON_HOLD;
          this.call(ticket, counter);
          ticket.pickup = wasAway;
        }),
      serveVisitor: (request) =>
        step("serveVisitor", request, () => {
          const counter = this.working(request);
          const ticket = this.add("201", {
            service: request.service,
            language: request.language,
            state: Ticket_State.SERVING,
            counter: counter.name,
            unqueued: true,
          });
          counter.ticket = ticket;
          return { ticket: { ...ticket } };
        }),
      holdTicket: (request) =>
        on("holdTicket", request, (ticket, counter) => {
          this.leave(ticket, counter, Ticket_State.ON_HOLD);
          ticket.hold = {
            $typeName: "madoguchi.ticketing.v1.Ticket.Hold",
            reason: request.reason,
            owner: counter.staff,
            counter: counter.name,
            toCounter: request.toCounter,
            startTime: this.time,
            deadlineTime: {
              ...this.time,
              seconds: this.seconds + (request.duration?.seconds ?? 900n),
            },
          };
        }),
      resumeTicket: (request) =>
        on("resumeTicket", request, (ticket, counter) => {
          ticket.state = request.wait
            ? Ticket_State.WAITING
            : Ticket_State.SERVING;
          if (!request.wait) counter.ticket = ticket;
        }),
      transferTicket: (request) =>
        step("transferTicket", request, () => {
          const { ticket, counter } = this.held(request);
          this.leave(ticket, counter, Ticket_State.WAITING);
          if (request.service !== "") ticket.service = request.service;
          ticket.note = request.note;
          ticket.version += 1n;
          return {
            ticket: { ...ticket },
            ...(this.arrived === ""
              ? {}
              : { arrived: { number: this.arrived } }),
          };
        }),
      designateTicket: (request) =>
        step("designateTicket", request, () => ({
          ticket: { ...this.ticketNamed(request.ticket) },
        })),
      setAssist: (request) =>
        on("setAssist", request, (ticket) => {
          ticket.assist = request.assist;
        }),
      editTicket: (request) =>
        on("editTicket", request, (ticket) => {
          ticket.language = request.language ?? ticket.language;
          ticket.note = request.note ?? ticket.note;
          ticket.service = request.service ?? ticket.service;
        }),
      undoLastStep: (request) =>
        step("undoLastStep", request, () => {
          const counter = this.working(request);
          if (this.#before?.counter !== counter.name)
            throw refused("NOTHING_TO_UNDO");
          const { ticket } = this.#before;
          this.#before = undefined;
          ticket.version = this.ticketNamed(ticket.name).version + 1n;
          this.tickets.set(ticket.name, ticket);
          if (ticket.counter === counter.name) counter.ticket = ticket;
          return { ticket: { ...ticket } };
        }),
      pauseCounter: (request) =>
        step("pauseCounter", request, () => {
          Object.assign(this.working(request), {
            activity: Counter_Activity.PAUSED,
            activityReason: request.reason,
            activityStartTime: this.time,
          });
          return {};
        }),
      resumeCounter: (request) =>
        step("resumeCounter", request, () => {
          this.working(request).activity = Counter_Activity.READY;
          return {};
        }),
      findTicket: (request) => ({ ticket: { ...this.ticket(request.number) } }),
      listCounters: () => ({ counters: this.counters, officeTime: this.time }),
      listTickets: (request) => {
        const all = [...this.tickets.values()];
        const at = request.pageToken === "" ? 0 : Number(request.pageToken);
        const next = at + this.ticketsInPage;
        return {
          tickets: all
            .slice(at, next)
            .filter((ticket) => request.states.includes(ticket.state))
            .map((ticket) => ({ ...ticket })),
          nextPageToken: next < all.length ? String(next) : "",
          officeTime: this.time,
        };
      },
    });
    const said = () => (this.silent ? [] : this.updates);
    router.service(DisplayService, {
      async *watchOffice(_request, context) {
        yield* said();
        await new Promise((resolve) =>
          context.signal.addEventListener("abort", resolve),
        );
      },
    });
  }

  private get time() {
    return {
      $typeName: "google.protobuf.Timestamp" as const,
      seconds: this.seconds,
      nanos: 0,
    };
  }

  /** One step: done once for each request id, whatever the network does. */
  private async step<Request extends StepRequest, Answer>(
    method: string,
    request: Request,
    act: () => Answer,
  ): Promise<Answer> {
    this.sent.push(method);
    this.ids.push(request.requestId);
    this.requests.set(method, request);
    await this.gate;
    const fault = this.faults.shift();
    if (fault === "lost") throw new ConnectError("lost", Code.Unavailable);
    if (fault instanceof ConnectError) throw fault;
    if (!this.#outcomes.has(request.requestId)) {
      this.#outcomes.set(request.requestId, act());
    }
    if (fault === "reply_lost")
      throw new ConnectError("lost", Code.Unavailable);
    return this.#outcomes.get(request.requestId) as Answer;
  }

  private onTicket<Request extends StepRequest>(
    method: string,
    request: Request,
    act: (ticket: Ticket, counter: Counter) => void,
  ): Promise<{ ticket: Ticket }> {
    return this.step(method, request, () => {
      const { ticket, counter } = this.held(request);
      act(ticket, counter);
      ticket.version += 1n;
      return { ticket: { ...ticket } };
    });
  }

  private held(request: StepRequest) {
    const counter = this.working(request);
    const ticket = this.ticketNamed(request.ticket ?? "");
    if (ticket.version !== request.expectedVersion)
      throw refused("TICKET_CHANGED");
    this.#before = { ticket: { ...ticket }, counter: counter.name };
    return { ticket, counter };
  }

  private working(request: StepRequest): Counter {
    const counter = this.counter(lastPart(request.counter));
    if (!counter.open) throw refused("COUNTER_CLOSED");
    if (counter.session !== request.session)
      throw refused("COUNTER_TAKEN_OVER");
    return counter;
  }

  private ticketNamed(name: string): Ticket {
    return this.ticket(lastPart(name));
  }

  private call(ticket: Ticket, counter: Counter): Ticket {
    ticket.state = Ticket_State.CALLED;
    ticket.counter = counter.name;
    ticket.callTime = this.time;
    ticket.version += 1n;
    counter.ticket = ticket;
    return { ...ticket };
  }

  private leave(ticket: Ticket, counter: Counter, state: Ticket_State): void {
    ticket.state = state;
    ticket.endTime = this.time;
    if (counter.ticket?.name === ticket.name) delete counter.ticket;
    counter.activity = Counter_Activity.READY;
  }
}

/** What `office` was asked last by `method`, as a message of `schema`. */
export function lastRequest<Schema extends DescMessage>(
  office: OfficeInMemory,
  method: string,
  schema: Schema,
): MessageShape<Schema> {
  const request = office.requests.get(method);
  if (request === undefined) throw new Error(`${method} was not asked`);
  return Object.assign(create(schema), request);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
