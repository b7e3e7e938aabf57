// Updates of an office as a server would send them, for tests.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  CallSchema,
  CounterViewSchema,
  OfficeUpdateSchema,
  ServiceViewSchema,
  type Call,
  type OfficeEvent_Kind,
  type OfficeUpdate,
} from "../../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State } from "../../gen/madoguchi/ticketing/v1/ticket_pb";

/** Ten in the morning of Monday, 30 November 2026, in Tokyo; s since 1970. */
export const ten = 1_796_000_400;

function time(at: number) {
  return timestampFromMs((ten + at) * 1_000);
}

/** What a test says of a call; `at` is in seconds after ten. */
export interface CallFacts {
  readonly at?: number;
  readonly counter?: string;
  readonly service?: string;
  readonly recallCount?: number;
  readonly state?: Ticket_State;
  readonly language?: string;
  readonly pickup?: boolean;
}

export function makeCall(number: string, facts: CallFacts = {}): Call {
  return create(CallSchema, {
    number,
    counter: facts.counter ?? "2",
    service: facts.service ?? "renew_self",
    callTime: time(facts.at ?? 0),
    recallCount: facts.recallCount ?? 0,
    state: facts.state ?? Ticket_State.CALLED,
    language: facts.language ?? "ja",
    pickup: facts.pickup ?? false,
  });
}

/** An event at `at` seconds after ten; `waiting` wait for `renew_self`. */
export function makeEvent(
  kind: OfficeEvent_Kind,
  call?: Call,
  facts: {
    readonly at?: number;
    readonly sequence?: number;
    readonly waiting?: number;
    readonly counter?: MessageInitShape<typeof CounterViewSchema>;
  } = {},
): OfficeUpdate {
  return create(OfficeUpdateSchema, {
    sequence: BigInt(facts.sequence ?? 0),
    officeTime: time(facts.at ?? 0),
    update: {
      case: "event",
      value: {
        kind,
        ...(call === undefined ? {} : { call }),
        ...(facts.counter === undefined ? {} : { counter: facts.counter }),
        services:
          facts.waiting === undefined
            ? []
            : [{ service: "renew_self", waitingCount: facts.waiting }],
      },
    },
  });
}

export function makeHeartbeat(
  at: number,
  sequence: number = 0,
): OfficeUpdate {
  return create(OfficeUpdateSchema, {
    sequence: BigInt(sequence),
    officeTime: time(at),
    update: { case: "heartbeat", value: {} },
  });
}

/** A picture with one service, for which 7 wait, unless `facts` say otherwise. */
export function makeSnapshot(
  calls: Call[],
  facts: {
    readonly at?: number;
    readonly sequence?: number;
    readonly reset?: boolean;
    readonly missed?: string[];
    readonly counters?: MessageInitShape<typeof CounterViewSchema>[];
    readonly services?: MessageInitShape<typeof ServiceViewSchema>[];
  } = {},
): OfficeUpdate {
  return create(OfficeUpdateSchema, {
    sequence: BigInt(facts.sequence ?? 0),
    officeTime: time(facts.at ?? 0),
    update: {
      case: "snapshot",
      value: {
        reset: facts.reset ?? false,
        calls,
        missedNumbers: facts.missed ?? [],
        counters: facts.counters ?? [
          { counter: "2", label: { ja: "2番窓口", en: "Counter 2" } },
        ],
        services: facts.services ?? [
          {
            service: "renew_self",
            displayName: { ja: "更新", en: "Renewal" },
            waitingCount: 7,
          },
        ],
        officeName: { ja: "曙市役所 本庁", en: "Akebono City Hall" },
      },
    },
  });
}
