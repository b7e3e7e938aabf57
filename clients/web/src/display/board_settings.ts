import { isTextId, textOf, type TextId } from "../shared/texts";
import type { Zone } from "./zone";

/** Where a counter lies, seen by whoever stands in front of the board. */
export const directions = [
  "right",
  "left",
  "up",
  "down",
  "up-right",
  "up-left",
  "down-right",
  "down-left",
] as const;
export type Direction = (typeof directions)[number];

/** What the address of one board says about it. */
export interface BoardSettings {
  readonly zone: Zone;
  /** By counter. */
  readonly arrows: ReadonlyMap<string, Direction>;
  /** For a counter that `arrows` does not name. */
  readonly otherArrow: Direction;
  /** Shown all day, after the notice of the hour. */
  readonly notices: readonly TextId[];
  /** An IANA name. */
  readonly timeZone: string;
  readonly hasSound: boolean;
  /** Parts of the address that say nothing the board understands, such as
   * `arrows=2:north`: somebody must look at them. */
  readonly problems: readonly string[];
}

/**
 * Reads what one board is told apart from its office:
 *
 * - `counters=1,2,3` and `services=renew_self`: shows only these;
 * - `arrows=2:left,5:up-right,*:down`: which way each counter lies, `*` for all
 *   others; without it, to the right;
 * - `notice=kiosk.assist`: further notices, ids of the catalogue;
 * - `zone=Asia/Tokyo`: the time zone of the clock;
 * - `sound=off`: no chime and no voice.
 *
 * What it does not understand is left out and told in `problems`.
 */
export function parseBoardSettings(address: URLSearchParams): BoardSettings {
  const problems: string[] = [];
  const arrows = new Map<string, Direction>();
  for (const arrow of listOf(address, "arrows")) {
    const [counter = "", direction = ""] = arrow.split(":");
    if (counter !== "" && isDirection(direction)) {
      arrows.set(counter, direction);
    } else {
      problems.push(`arrows=${arrow}`);
    }
  }
  const notices: TextId[] = [];
  for (const id of listOf(address, "notice")) {
    if (isTextId(id) && isWhole(id)) {
      notices.push(id);
    } else {
      problems.push(`notice=${id}`);
    }
  }
  const zone = address.get("zone");
  const isZoneKnown = zone === null || isTimeZone(zone);
  if (!isZoneKnown) problems.push(`zone=${zone}`);
  const sound = address.get("sound");
  if (sound !== null && sound !== "on" && sound !== "off") {
    problems.push(`sound=${sound}`);
  }
  return {
    zone: {
      counters: new Set(listOf(address, "counters")),
      services: new Set(listOf(address, "services")),
    },
    arrows,
    otherArrow: arrows.get("*") ?? "right",
    notices,
    timeZone: zone !== null && isZoneKnown ? zone : "Asia/Tokyo",
    hasSound: sound !== "off",
    problems,
  };
}

/** Which way `counter` lies. */
export function arrowTo(settings: BoardSettings, counter: string): Direction {
  return settings.arrows.get(counter) ?? settings.otherArrow;
}

/** The parts of each `name=a,b` of the address. */
function listOf(address: URLSearchParams, name: string): string[] {
  return address
    .getAll(name)
    .flatMap((value) => value.split(","))
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function isDirection(word: string): word is Direction {
  return (directions as readonly string[]).includes(word);
}

/** Whether a text says something without values. */
function isWhole(id: TextId): boolean {
  return !/\{\w+\}/.test(textOf("ja", id));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
