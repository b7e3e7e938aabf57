/** How long a finger may tremble. */
export const trembleMs = 700;

/** What was tapped last, and when; in ms of any clock that only goes forward. */
export interface TapMemory {
  readonly what: string;
  readonly at: number;
  readonly acceptedAt: number;
}

export const noTap: TapMemory = { what: "", at: -Infinity, acceptedAt: -Infinity };

/**
 * Tells a tap from a tremble: whether tapping `what` at `now` counts.
 *
 * A finger that hits the same place again at once, or rests on it, tapped once.
 * And for as long after a tap that counted nothing else counts either: the page
 * has just changed under the finger.
 */
export function tap(
  memory: TapMemory,
  what: string,
  now: number,
): { readonly counts: boolean; readonly memory: TapMemory } {
  const same = memory.what === what && now - memory.at < trembleMs;
  const counts = !same && now - memory.acceptedAt >= trembleMs;
  return {
    counts,
    memory: { what, at: now, acceptedAt: counts ? now : memory.acceptedAt },
  };
}
