import type { Call } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";

/** How long one page of a list is shown. */
export const pageTurnMs = 8_000;

/** The part of a list that is shown now. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

/** The page of `items` to show at `turn`, which grows with time, where `room` of
 * them fit. The last page is followed by the first. */
export function pageAt<Item>(
  items: readonly Item[],
  room: number,
  turn: number,
): Page<Item> {
  const size = Math.max(1, Math.floor(room));
  const count = Math.max(1, Math.ceil(items.length / size));
  const page = turn % count;
  return {
    items: items.slice(page * size, (page + 1) * size),
    number: page + 1,
    count,
  };
}

/**
 * The page of `calls`, the newest first, to show at `turn` where `room` of them
 * fit.
 *
 * Absent numbers have a place of their own and are not listed. Ended visits are
 * listed where there is room; a page never turns for them, for nobody looks for
 * them any more. The newest call is on every page.
 */
export function callsPageAt(
  calls: readonly Call[],
  room: number,
  turn: number,
): Page<Call> {
  const size = Math.max(1, Math.floor(room));
  const listed = calls.filter((call) => call.state !== State.ABSENT);
  const live = listed.filter((call) => call.state !== State.COMPLETED);
  if (live.length <= size) {
    let ended = size - live.length;
    return {
      items: listed.filter(
        (call) => call.state !== State.COMPLETED || ended-- > 0,
      ),
      number: 1,
      count: 1,
    };
  }
  const [first, ...others] = live;
  if (first === undefined) return { items: [], number: 1, count: 1 };
  if (size === 1) return { items: [first], number: 1, count: 1 };
  const { number, count } = pageAt(others, size - 1, turn);
  // The last page is filled up: an empty half of a board helps nobody.
  const begin = Math.min((number - 1) * (size - 1), others.length - (size - 1));
  return {
    items: [first, ...others.slice(begin, begin + size - 1)],
    number,
    count,
  };
}
