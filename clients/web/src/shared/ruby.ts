/** A part of a text; `reading` belongs above `base`. */
export interface RubyPart {
  readonly base: string;
  readonly reading?: string;
}

const kanjiWithReading =
  /([\u3400-\u9fff\uf900-\ufaff\u3005\u3006\u30f6]+)\(([\u3041-\u309f\u30fc]+)\)/gu;

/**
 * Splits a text of the catalogue where kanji are followed by their reading in
 * brackets: `新(あたら)しく`. Other brackets stay as they are.
 */
export function parseRuby(text: string): RubyPart[] {
  const parts: RubyPart[] = [];
  let end = 0;
  for (const match of text.matchAll(kanjiWithReading)) {
    const [whole, base, reading] = match;
    if (base === undefined || reading === undefined) continue;
    if (match.index > end) parts.push({ base: text.slice(end, match.index) });
    parts.push({ base, reading });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ base: text.slice(end) });
  return parts;
}

/** The text without readings, for titles and labels that cannot carry them. */
export function withoutReadings(text: string): string {
  return parseRuby(text)
    .map((part) => part.base)
    .join("");
}
