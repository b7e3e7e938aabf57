import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { CallOptions, Client } from "@connectrpc/connect";
import type { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import {
  OfficeEvent_Kind,
  type OfficeUpdate,
  type ServiceView,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import {
  Counter_Activity,
  Ticket_State,
  type Counter,
  type LocalizedText,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { localized, type Language } from "../shared/texts";
import { lastPart } from "./words";

/** A heartbeat comes every 2 s. */
const clockRunsOnMs = 3_000;
/** Looks come every few seconds; older lists must say so. */
const listsStaleAfterSeconds = 20n;

/** As many as the server gives at once. */
const largestPage = 500;

/** The calls that only read. */
export type Looks = Pick<
  Client<typeof CounterService>,
  "listCounters" | "listTickets"
>;

/** The lists of the office, as one look found them. */
export interface FloorLists {
  /** In the order of the settings. */
  readonly counters: readonly Counter[];
  /** Those on hold, the soonest deadline first. */
  readonly parked: readonly Ticket[];
  /** Those who did not come, the last first. */
  readonly missed: readonly Ticket[];
  /** Office time at which this was true. */
  readonly officeTime: Timestamp | undefined;
  /** When the look began: machine time in ms. */
  readonly askedAt: number;
}

/** What the terminal knows of its office. A value: each update makes a new one. */
export interface Floor {
  readonly officeName?: LocalizedText | undefined;
  /** How many wait for what, as the hall's stream says. */
  readonly services: readonly ServiceView[];
  /** The office's clock as it was told last, and when: machine time in ms. */
  readonly officeTime?: Timestamp | undefined;
  readonly heardAt: number;
  /** Absent until the first look. */
  readonly lists?: FloorLists | undefined;
}

export const unknownFloor: Floor = { services: [], heardAt: 0 };

/** `floor` after `update`, which was heard at `nowMs`. */
export function takeUpdate(
  floor: Floor,
  update: OfficeUpdate,
  nowMs: number,
): Floor {
  let next: Floor = { ...floor, officeTime: update.officeTime, heardAt: nowMs };
  if (update.update.case === "snapshot") {
    const { services, officeName } = update.update.value;
    next = { ...next, services, officeName };
  }
  if (update.update.case !== "event") return next;
  const event = update.update.value;
  if (event.kind === OfficeEvent_Kind.DAY_OPENED) {
    next = {
      ...next,
      services: next.services.map((service) => ({
        ...service,
        waitingCount: 0,
      })),
      lists: undefined,
    };
  }
  if (event.services.length === 0) return next;
  const counts = new Map(
    event.services.map((changed) => [changed.service, changed.waitingCount]),
  );
  return {
    ...next,
    services: next.services.map((service) => ({
      ...service,
      waitingCount: counts.get(service.service) ?? service.waitingCount,
    })),
  };
}

/** `floor` as a look found it. A look that began earlier than the last is old. */
export function putLists(floor: Floor, lists: FloorLists): Floor {
  return floor.lists !== undefined && lists.askedAt < floor.lists.askedAt
    ? floor
    : { ...floor, lists };
}

/**
 * The office's clock. It goes on between two updates, but no further than the
 * next heartbeat should have come: a clock that runs while nothing is heard would
 * hide that nothing is.
 */
export function officeClock(
  floor: Floor,
  nowMs: number,
): Timestamp | undefined {
  if (floor.officeTime === undefined) return undefined;
  const since = Math.min(Math.max(nowMs - floor.heardAt, 0), clockRunsOnMs);
  return {
    ...floor.officeTime,
    seconds: floor.officeTime.seconds + BigInt(Math.floor(since / 1000)),
  };
}

/** Whether the lists are older than looks should let them become. */
export function areListsStale(floor: Floor, nowMs: number): boolean {
  const now = officeClock(floor, nowMs);
  const then = floor.lists?.officeTime;
  return (
    now !== undefined &&
    then !== undefined &&
    now.seconds - then.seconds > listsStaleAfterSeconds
  );
}

/** All tickets of `office` in one of `states`. Throws what `ListTickets` does. */
export async function listAllTickets(
  calls: Looks,
  office: string,
  states: Ticket_State[],
  options: CallOptions,
): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  let pageToken = "";
  do {
    const page = await calls.listTickets(
      { office, states, pageToken, pageSize: largestPage },
      options,
    );
    tickets.push(...page.tickets);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return tickets;
}

/** Looks at the office. Throws what `ListCounters` and `ListTickets` do. */
export async function lookAtFloor(
  calls: Looks,
  office: string,
  nowMs: number,
  options: CallOptions,
): Promise<FloorLists> {
  const states = [Ticket_State.ON_HOLD, Ticket_State.ABSENT];
  const away = await listAllTickets(calls, office, states, options);
  const { counters, officeTime } = await calls.listCounters(
    { office },
    options,
  );
  const of = (state: Ticket_State) =>
    away.filter((ticket) => ticket.state === state);
  return {
    counters,
    parked: byDeadline(of(Ticket_State.ON_HOLD)),
    missed: of(Ticket_State.ABSENT).sort(
      (a, b) => secondsOf(b.endTime) - secondsOf(a.endTime),
    ),
    officeTime,
    askedAt: nowMs,
  };
}

/** Those on hold in the order of their deadlines. */
export function byDeadline(parked: readonly Ticket[]): Ticket[] {
  return [...parked].sort(
    (a, b) => secondsOf(a.hold?.deadlineTime) - secondsOf(b.hold?.deadlineTime),
  );
}

/**
 * How many other counters of the office can call: open, and not paused. Nothing
 * while that is not known.
 */
export function othersAbleToCall(
  floor: Floor,
  counter: string,
): number | undefined {
  return floor.lists?.counters.filter(
    (other) =>
      other.open &&
      other.activity !== Counter_Activity.PAUSED &&
      lastPart(other.name) !== counter,
  ).length;
}

function secondsOf(time: Timestamp | undefined): number {
  return Number(time?.seconds ?? 0n);
}

/** How many wait in the office. */
export function waitingCount(floor: Floor): number {
  return floor.services.reduce((sum, service) => sum + service.waitingCount, 0);
}

/** What people read as the name of a service; its code if the hall has none. */
export function serviceName(
  floor: Floor,
  service: string,
  language: Language,
): string {
  const known = floor.services.find((one) => one.service === service);
  return localized(known?.displayName, language) || service;
}
