import en from "../../../../deploy/texts/en.json";
import jaEasy from "../../../../deploy/texts/ja-easy.json";
import ja from "../../../../deploy/texts/ja.json";

/** The languages of the house, as requests carry them. */
export const languages = ["ja", "ja-easy", "en"] as const;
export type Language = (typeof languages)[number];

/** The id of a text in the catalogue, `deploy/texts/`. */
export type TextId = keyof typeof ja;

/** What stands for `{name}` in a text. */
export type TextValues = Readonly<Record<string, string | number>>;

const catalogue: Record<Language, Record<TextId, string>> = {
  ja,
  "ja-easy": jaEasy,
  en,
};

/** Whether the catalogue has `id`. */
export function isTextId(id: string): id is TextId {
  return Object.hasOwn(ja, id);
}

export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code);
}

/** For the `lang` attribute: easy Japanese is Japanese. */
export function htmlLanguage(language: Language): string {
  return language === "en" ? "en" : "ja";
}

/**
 * The text `id` in `language`, with `values` in the places that it names. A
 * place without a value stays as it is written, for a test to find.
 */
export function textOf(
  language: Language,
  id: TextId,
  values: TextValues = {},
): string {
  return catalogue[language][id].replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}

/** A text of the settings, which come from the server in three languages. */
export interface LocalizedText {
  readonly ja: string;
  readonly jaEasy: string;
  readonly en: string;
}

/** `text` in `language`; Japanese if it has none. */
export function localized(
  text: LocalizedText | undefined,
  language: Language,
): string {
  if (text === undefined) return "";
  const own = { ja: text.ja, "ja-easy": text.jaEasy, en: text.en }[language];
  return own !== "" ? own : text.ja;
}
