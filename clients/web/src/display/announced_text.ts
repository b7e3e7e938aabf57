import type { Call } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import {
  isLanguage,
  textOf,
  type Language,
  type LocalizedText,
  type TextId,
} from "../shared/texts";

/** A sentence and the language it is in. */
export interface Sentence {
  readonly language: Language;
  readonly text: string;
}

/**
 * What is said of `call` to the counter whose sign says `label`: in Japanese and
 * English, and between them in the visitor's language if that is another. A
 * recall and a call to pick something up have words of their own.
 */
export function sentencesOf(call: Call, label: LocalizedText): Sentence[] {
  const id = textIdOf(call);
  const values = { n: call.number, c: call.counter, label: label.ja };
  const said: Language[] = ["ja"];
  const { language } = call;
  if (isLanguage(language) && language !== "ja" && language !== "en") {
    said.push(language);
  }
  said.push("en");
  return said.map((spoken) => ({
    language: spoken,
    text: textOf(spoken, id, values),
  }));
}

function textIdOf(call: Call): TextId {
  const isRecall = call.recallCount > 0;
  if (call.pickup) return isRecall ? "display.pickup_recall" : "display.pickup";
  return isRecall ? "display.recall" : "display.call";
}

/** What stands around a part of a text. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** Splits `text` around the first `part`; nothing if it has none. */
export function around(text: string, part: string): Around | undefined {
  const at = part === "" ? -1 : text.indexOf(part);
  if (at < 0) return undefined;
  return { before: text.slice(0, at), after: text.slice(at + part.length) };
}
