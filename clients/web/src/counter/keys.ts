/** What a clerk can do, in the order of a visit; `command.*` names each. */
export const commands = [
  "call_next",
  "start",
  "complete",
  /** With the outcome of that number in the terminal's list. */
  "outcome",
  /** The next lawful press on the renewal of the ticket here. */
  "case",
  /** What else there is to do about it. */
  "case_other",
  /** Asks for the outcome first. */
  "complete_as",
  /** Paperwork follows; during it, ends it. */
  "wrap_up",
  "hold",
  "transfer",
  "recall",
  "absent",
  "undo",
  "serve_visitor",
  "find",
  "parked",
  "cases_parked",
  "missed",
  "assist",
  "edit",
  "designate",
  /** Begins a pause; during it, ends it. */
  "pause",
  "return",
  "list",
  /** How the national system does. */
  "upstream",
  "take_over",
  "help",
  "quit",
] as const;
export type Command = (typeof commands)[number];

/** One press of a key or a button. */
export interface Press {
  readonly command: Command;
  /** For `outcome`: its place in the list, from 1. */
  readonly place?: number;
}

const keys: Readonly<Record<string, Command>> = {
  n: "call_next",
  " ": "call_next",
  s: "start",
  c: "complete",
  f: "complete",
  j: "case",
  o: "case_other",
  z: "cases_parked",
  i: "upstream",
  C: "complete_as",
  w: "wrap_up",
  h: "hold",
  t: "transfer",
  r: "recall",
  a: "absent",
  u: "undo",
  v: "serve_visitor",
  "/": "find",
  k: "parked",
  m: "missed",
  g: "assist",
  e: "edit",
  d: "designate",
  p: "pause",
  b: "return",
  l: "list",
  x: "take_over",
  "?": "help",
  q: "quit",
};

/** What the listener of the keyboard is told of a key. */
export interface KeyDown {
  readonly key: string;
  /** Where the key lies, such as `KeyN`. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** Sent again because it is held down. */
  readonly repeat: boolean;
}

/**
 * Reads a key; nothing if it is no command. A key that is held down counts once,
 * and what belongs to the browser (Ctrl, Alt, Meta) is left to it. The letters of
 * an input method left on count as the plain ones.
 */
export function readKey(event: KeyDown): Press | undefined {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey)
    return undefined;
  let key = plain(event.key === "Process" ? ofPlace(event.code) : event.key);
  if (/^[1-9]$/.test(key)) return { command: "outcome", place: Number(key) };
  // A clerk with caps lock on is understood; only C means another thing than c.
  if (/^[A-Z]$/.test(key) && key !== "C") key = key.toLowerCase();
  const command = Object.hasOwn(keys, key) ? keys[key] : undefined;
  return command === undefined ? undefined : { command };
}

/** The keys of `command`, the one to show first. None for `outcome`: 1 to 9. */
export function keysOf(command: Command): string[] {
  return Object.keys(keys).filter((key) => keys[key] === command);
}

/** How the key of `command` is written on its button. */
export function keyOf(command: Command): string {
  return command === "outcome" ? "1-9" : (keysOf(command)[0] ?? "");
}

/** A full-width character as the plain one. */
function plain(key: string): string {
  if (key === "\u3000") return " ";
  const code = key.length === 1 ? key.charCodeAt(0) : 0;
  return code >= 0xff01 && code <= 0xff5e
    ? String.fromCharCode(code - 0xfee0)
    : key;
}

/** An input method tells of no character, only of the place of the key. */
function ofPlace(code: string): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  return code === "Space" ? " " : "";
}
