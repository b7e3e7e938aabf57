import type { Refusal } from "../shared/refusal";
import {
  isTextId,
  localized,
  textOf,
  type Language,
  type LocalizedText,
  type TextId,
  type TextValues,
} from "../shared/texts";

/** What the terminal says: a text of the catalogue, or the server's words. */
export type Sentence =
  | { readonly id: TextId; readonly values?: TextValues }
  | { readonly words: LocalizedText };

/** `sentence` as a clerk reads it. */
export function spoken(sentence: Sentence, language: Language): string {
  return "id" in sentence
    ? textOf(language, sentence.id, sentence.values)
    : localized(sentence.words, language);
}

/**
 * Why a call was refused, in a clerk's words; what the server said where there
 * are none.
 */
export function sentenceOf(refusal: Refusal): Sentence {
  const id = `reason.${refusal.reason}`;
  if (isTextId(id)) return { id, values: refusal.metadata };
  const what = refusal.reason === "" ? refusal.message : refusal.reason;
  return {
    words: {
      ja: textOf("ja", "counter.refused", { what }),
      jaEasy: textOf("ja-easy", "counter.refused", { what }),
      en: textOf("en", "counter.refused", { what: refusal.message }),
    },
  };
}
