import type { Timestamp } from "@bufbuild/protobuf/wkt";
import {
  OfficeEvent_Kind as Kind,
  type Call,
  type CounterView,
  type OfficeEvent,
  type OfficeSnapshot,
  type OfficeUpdate,
  type ServiceView,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { textOf, type LocalizedText } from "../shared/texts";
import { isForZone, wholeOffice, type Zone } from "./zone";

/** A call is told aloud for this long after it was made, in office time; later
 * it is only shown. */
export const announcedForMs = 180_000;
export const callsKept = 20;

/** What the hall has been told, folded from the updates of an office. */
export interface Hall {
  /** Whether anything was told yet. */
  readonly started: boolean;
  /** The office's clock at the last update, in ms since 1970. */
  readonly officeTimeMs: number;
  /** The newest first, at most `callsKept`. */
  readonly calls: readonly Call[];
  /** Numbers that were called and did not come, the newest first. */
  readonly missed: readonly string[];
  readonly counters: readonly CounterView[];
  readonly services: readonly ServiceView[];
  readonly officeName: LocalizedText;
  /** The calls that were announced and are young enough to come again. */
  readonly announced: readonly Call[];
}

export const emptyHall: Hall = {
  started: false,
  officeTimeMs: 0,
  calls: [],
  missed: [],
  counters: [],
  services: [],
  officeName: { ja: "", jaEasy: "", en: "" },
  announced: [],
};

/** A picture of the hall and what is to be announced, the oldest first. */
export interface Told {
  readonly hall: Hall;
  readonly announce: readonly Call[];
}

/**
 * Folds `update` in.
 *
 * Each call and each recall is announced once, whatever comes again after a lost
 * connection. What was called before this display started is not: the hall has
 * heard it. Calls that are not of `zone` are neither shown nor announced. A pure
 * function.
 */
export function applyUpdate(
  hall: Hall,
  update: OfficeUpdate,
  zone: Zone = wholeOffice,
): Told {
  const now = { ...hall, officeTimeMs: toMs(update.officeTime) };
  switch (update.update.case) {
    case "snapshot":
      return applySnapshot(now, update.update.value, zone);
    case "event":
      return applyEvent(now, update.update.value, zone);
    default:
      return { hall: now, announce: [] };
  }
}

/** How long ago `call` was made, in office time. */
export function ageMs(hall: Hall, call: Call): number {
  return hall.officeTimeMs - toMs(call.callTime);
}

/** What the sign of a counter says; its id if the office has none such. */
export function labelOf(hall: Hall, counter: string): LocalizedText {
  const view = hall.counters.find((known) => known.counter === counter);
  if (view?.label !== undefined && view.label.ja !== "") return view.label;
  const sign = { c: counter };
  return {
    ja: textOf("ja", "display.sign", sign),
    jaEasy: textOf("ja-easy", "display.sign", sign),
    en: textOf("en", "display.sign", sign),
  };
}

function toMs(time: Timestamp | undefined): number {
  if (time === undefined) return 0;
  return Number(time.seconds) * 1_000 + Math.floor(time.nanos / 1_000_000);
}

function applySnapshot(
  hall: Hall,
  snapshot: OfficeSnapshot,
  zone: Zone,
): Told {
  const announce: Call[] = [];
  let { announced } = hall;
  for (const call of [...snapshot.calls].reverse()) {
    if (!isForZone(zone, call)) continue;
    const heard = noteAnnounced({ ...hall, announced }, call);
    if (heard === undefined) continue;
    announced = heard;
    if (hall.started && call.state === State.CALLED) announce.push(call);
  }
  // Of a missed number without a call nobody can say whose it is: better twice
  // than nowhere.
  const foreign = new Set(
    snapshot.calls
      .filter((call) => !isForZone(zone, call))
      .map((call) => call.number),
  );
  return {
    hall: {
      ...hall,
      started: true,
      calls: snapshot.calls
        .filter((call) => isForZone(zone, call))
        .slice(0, callsKept),
      missed: snapshot.missedNumbers.filter((number) => !foreign.has(number)),
      counters: snapshot.counters,
      services: snapshot.services,
      officeName: snapshot.officeName ?? hall.officeName,
      announced,
    },
    announce,
  };
}

function applyEvent(before: Hall, event: OfficeEvent, zone: Zone): Told {
  const hall = applyChange(before, event, zone);
  const { call, kind } = event;
  if (call === undefined || !isForZone(zone, call)) {
    return { hall, announce: [] };
  }
  if (kind !== Kind.CALLED && kind !== Kind.RECALLED) {
    return { hall, announce: [] };
  }
  const announced = noteAnnounced(hall, call);
  return announced === undefined
    ? { hall, announce: [] }
    : { hall: { ...hall, announced }, announce: [call] };
}

/** The announced calls with `call`; nothing if it is not to be announced. */
function noteAnnounced(hall: Hall, call: Call): Call[] | undefined {
  if (ageMs(hall, call) > announcedForMs) return undefined;
  if (hall.announced.some((heard) => isSameCall(heard, call))) return undefined;
  const young = hall.announced.filter(
    (heard) => ageMs(hall, heard) <= announcedForMs,
  );
  return [...young, call];
}

// Not by sequence: a store that was restored counts again from further back.
function isSameCall(a: Call, b: Call): boolean {
  return (
    a.number === b.number &&
    a.counter === b.counter &&
    a.recallCount === b.recallCount &&
    toMs(a.callTime) === toMs(b.callTime)
  );
}

function applyChange(before: Hall, event: OfficeEvent, zone: Zone): Hall {
  let hall = event.kind === Kind.DAY_OPENED ? startDay(before) : before;
  const { counter: changed } = event;
  if (changed !== undefined) {
    hall = {
      ...hall,
      counters: hall.counters.map((counter) =>
        counter.counter === changed.counter ? changed : counter,
      ),
    };
  }
  if (event.services.length > 0) {
    hall = { ...hall, services: withCounts(hall.services, event.services) };
  }
  const { call } = event;
  if (call === undefined) return hall;
  switch (event.kind) {
    case Kind.CALLED:
    case Kind.RECALLED:
      return putCall(unmiss(hall, call.number), call, zone);
    case Kind.ABSENT:
      return setState(miss(hall, call, zone), call);
    case Kind.SERVING:
    case Kind.COMPLETED:
      return setState(hall, call);
    case Kind.RETURNED:
      return unmiss(hall, call.number);
    case Kind.LEFT:
      return removeCall(unmiss(hall, call.number), call.number);
    case Kind.CORRECTED:
      return correct(hall, call, zone);
    default:
      return hall;
  }
}

function withCounts(
  services: readonly ServiceView[],
  changed: readonly ServiceView[],
): ServiceView[] {
  return services.map((service) => {
    const news = changed.find((other) => other.service === service.service);
    return news === undefined
      ? service
      : { ...service, waitingCount: news.waitingCount };
  });
}

function putCall(hall: Hall, call: Call, zone: Zone): Hall {
  // In front, and not a second time further down: a recall moves its number up.
  const others = removeCall(hall, call.number);
  if (!isForZone(zone, call)) return others;
  return { ...hall, calls: [call, ...others.calls].slice(0, callsKept) };
}

function removeCall(hall: Hall, number: string): Hall {
  return {
    ...hall,
    calls: hall.calls.filter((shown) => shown.number !== number),
  };
}

/** Notes the state of a number that is shown. */
function setState(hall: Hall, { number, state }: Call): Hall {
  return {
    ...hall,
    calls: hall.calls.map((shown) =>
      shown.number === number ? { ...shown, state } : shown,
    ),
  };
}

/** Makes the picture true again after a step was taken back. */
function correct(before: Hall, call: Call, zone: Zone): Hall {
  const hall =
    call.state === State.ABSENT ? before : unmiss(before, call.number);
  switch (call.state) {
    case State.CALLED:
    case State.SERVING:
      // What was transferred or finished by mistake is at its counter again.
      return hall.calls.some((shown) => shown.number === call.number)
        ? setState(hall, call)
        : putCall(hall, call, zone);
    case State.ABSENT:
      return setState(miss(hall, call, zone), call);
    case State.COMPLETED:
      return setState(hall, call);
    default:
      return removeCall(hall, call.number);
  }
}

function miss(hall: Hall, call: Call, zone: Zone): Hall {
  const others = unmiss(hall, call.number);
  if (!isForZone(zone, call)) return others;
  return { ...hall, missed: [call.number, ...others.missed] };
}

function unmiss(hall: Hall, number: string): Hall {
  return { ...hall, missed: hall.missed.filter((shown) => shown !== number) };
}

function startDay(hall: Hall): Hall {
  return {
    ...hall,
    calls: [],
    missed: [],
    services: hall.services.map((service) => ({ ...service, waitingCount: 0 })),
    counters: hall.counters.map((counter) => ({
      ...counter,
      number: "",
      paused: false,
    })),
  };
}
