/** A call, as it is said in the hall. */
export interface SpokenCall {
  /** As it is printed: at most two letters, then digits (`A101`). */
  readonly number: string;
  /** The counter's id: lower-case letters and digits (`2`, `a`, `info`). */
  readonly counter: string;
  /** The visitor's language, as the ticket carries it. */
  readonly language: string;
  /** Whether the number was called before. */
  readonly recall: boolean;
  /** Whether the visitor comes back for something that is ready. */
  readonly pickup: boolean;
}

/** The languages that there are clips of. */
export type SpokenLanguage = "ja" | "ja-easy" | "en";

/** Clips that follow each other without a gap. */
export type Phrase = readonly string[];

/** What is said of a call in one language: whole, or not at all. */
export interface Sentence {
  readonly language: SpokenLanguage;
  /** With a short pause between two of them. */
  readonly phrases: readonly Phrase[];
}

/** Which clips there are: a set or a map of their names. */
export type ClipNames = Pick<ReadonlySet<string>, "has">;

/**
 * What is said of `call`: in Japanese, then in the visitor's language if it is
 * another one. The words are those of `display.call` and its like in the
 * catalogue of texts; a number from 100 on is said twice, in a row or, where
 * the sentence itself is repeated, once each time.
 *
 * A counter whose name is no number has its letters spelled, unless `recorded`
 * holds a clip of the whole end of the sentence: `ja.counter.info` ("come to
 * the information desk"), likewise `ja-easy.` and `en.`.
 *
 * Empty if the number or the counter has nothing that can be said.
 */
export function sentencesOf(
  call: SpokenCall,
  recorded: ClipNames = new Set(),
): Sentence[] {
  if (groupsOf(call.number).length === 0) return [];
  if (groupsOf(call.counter).length === 0) return [];
  const said: Sentence[] = [
    { language: "ja", phrases: japanese(call, recorded) },
  ];
  if (call.language === "ja-easy") {
    const phrases = easyJapanese(call, recorded);
    said.push({ language: "ja-easy", phrases });
  }
  if (call.language === "en") {
    said.push({ language: "en", phrases: english(call, recorded) });
  }
  return said;
}

/** The names of the clips of `sentences`, in the order in which they sound. */
export function clipNamesOf(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap((sentence) => sentence.phrases.flat());
}

/**
 * The clips of a number or a counter in Japanese: letters by their names, then
 * a number word for each place (`101`: hundred, one). Digits are read one by
 * one above 9999 and after a zero in front.
 */
export function japaneseClips(written: string): string[] {
  return groupsOf(written).flatMap((group) =>
    (isWholeNumber(group) ? placesOf(group) : [...group]).map(
      (word) => `ja.${word}`,
    ),
  );
}

/** The clips of a number or a counter in English: each letter and digit. */
export function englishClips(written: string): string[] {
  return groupsOf(written).flatMap((group) =>
    [...group].map((character) => `en.${character}`),
  );
}

function japanese(call: SpokenCall, recorded: ClipNames): Phrase[] {
  const number = [...japaneseClips(call.number), "ja.ban"];
  const come = recordedEnd("ja", call, recorded) ?? [
    ...japaneseCounter(call.counter),
    "ja.come",
  ];
  const phrases: Phrase[] = [["ja.ticket"]];
  if (call.pickup) phrases.unshift(["ja.again"]);
  if (isSaidTwice(call.number)) phrases.push(number);
  phrases.push([...number, "ja.visitor"], come);
  if (call.recall) phrases.push(["ja.missed"]);
  return phrases;
}

function easyJapanese(
  call: SpokenCall,
  recorded: ClipNames,
): Phrase[] {
  const number = [...japaneseClips(call.number), "ja.ban"];
  const come = recordedEnd("ja-easy", call, recorded) ?? [
    ...japaneseCounter(call.counter),
    call.pickup ? "ja-easy.fetch" : "ja-easy.come",
  ];
  const phrases: Phrase[] = [[...number, "ja-easy.visitor"]];
  if (call.pickup) phrases.push(["ja-easy.ready"]);
  phrases.push(come);
  if (call.recall) return [...phrases, ...phrases];
  return isSaidTwice(call.number) ? [number, ...phrases] : phrases;
}

function english(call: SpokenCall, recorded: ClipNames): Phrase[] {
  const number = englishClips(call.number);
  const counter = englishClips(call.counter);
  const first = call.recall && !call.pickup ? "en.second" : "en.ticket";
  const phrases: Phrase[] = [[first, ...number]];
  if (isSaidTwice(call.number)) phrases.push(number);
  if (call.pickup) phrases.push([call.recall ? "en.again" : "en.ready"]);
  phrases.push(
    recordedEnd("en", call, recorded) ?? [
      call.recall ? "en.counter" : "en.come",
      ...counter,
    ],
  );
  return phrases;
}

/** A counter that ends with a number has the word for it: 2-ban, but A. */
function japaneseCounter(counter: string): string[] {
  const clips = japaneseClips(counter);
  return /[0-9]$/.test(counter) ? [...clips, "ja.ban"] : clips;
}

function recordedEnd(
  language: SpokenLanguage,
  call: SpokenCall,
  recorded: ClipNames,
): Phrase | undefined {
  const name = `${language}.counter.${call.counter}`;
  return recorded.has(name) ? [name] : undefined;
}

/** Runs of letters and runs of digits; whatever else there is, is not said. */
function groupsOf(written: string): string[] {
  return written.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? [];
}

/** Longer numbers have no clips, and nobody says `0101` as a number. */
function isWholeNumber(group: string): boolean {
  return /^(0|[1-9][0-9]{0,3})$/.test(group);
}

/** `101` is `100`, `1`; `0` is itself. */
function placesOf(number: string): string[] {
  if (number === "0") return ["0"];
  return [...number]
    .map((digit, index) => digit.padEnd(number.length - index, "0"))
    .filter((place) => !place.startsWith("0"));
}

/** A longer number is easily missed the first time. */
function isSaidTwice(number: string): boolean {
  return Number(number.replace(/[^0-9]/g, "")) >= 100;
}
