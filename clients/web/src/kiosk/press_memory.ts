import { isLanguage } from "../shared/texts";
import type { PressOrder } from "./kiosk_state";

const key = "kiosk-press";

/** Whoever pressed so long ago, in ms, stands there no more. */
export const rememberedMs = 60_000;

/**
 * Keeps the press under way where a reload of the page finds it, so that the
 * visitor gets the number for it. `now` is wall-clock time in ms, which outlives
 * the page. Thread of one page; forgets silently where storage is denied.
 */
export function rememberPress(
  storage: Storage,
  order: PressOrder,
  now: number,
): void {
  try {
    storage.setItem(key, JSON.stringify({ ...order, at: now }));
  } catch {
    // Then only the machine remembers it.
  }
}

export function forgetPress(storage: Storage): void {
  try {
    storage.removeItem(key);
  } catch {
    // There was nothing then.
  }
}

/** The press to ask for again; null if there is none that is young enough. */
export function rememberedPress(storage: Storage, now: number): PressOrder | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { requestId, service, language, at } = kept as Record<string, unknown>;
    if (
      typeof requestId !== "string" ||
      typeof service !== "string" ||
      typeof language !== "string" ||
      typeof at !== "number" ||
      !isLanguage(language) ||
      now - at > rememberedMs ||
      now < at
    ) {
      return null;
    }
    return { requestId, service, language };
  } catch {
    return null;
  }
}
