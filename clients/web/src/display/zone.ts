/** Which part of an office a board shows; an empty set leaves nothing out. */
export interface Zone {
  /** Counters by the last part of their names, such as `2`. */
  readonly counters: ReadonlySet<string>;
  /** Services as in the settings, such as `renew_self`. */
  readonly services: ReadonlySet<string>;
}

/** The whole office. */
export const wholeOffice: Zone = { counters: new Set(), services: new Set() };

/** Whether a call to `counter` for `service` is for this board. */
export function isForZone(
  zone: Zone,
  call: { readonly counter: string; readonly service: string },
): boolean {
  return isCounterOf(zone, call.counter) && isServiceOf(zone, call.service);
}

export function isCounterOf(zone: Zone, counter: string): boolean {
  return zone.counters.size === 0 || zone.counters.has(counter);
}

export function isServiceOf(zone: Zone, service: string): boolean {
  return zone.services.size === 0 || zone.services.has(service);
}
