import type { ReactNode } from "react";
import { parseRuby } from "./ruby";

/** Shows `text` with the readings it carries above their kanji. */
export function Ruby({ text }: { text: string }): ReactNode {
  return parseRuby(text).map((part, index) =>
    part.reading === undefined ? (
      part.base
    ) : (
      <ruby key={index}>
        {part.base}
        <rp>(</rp>
        <rt>{part.reading}</rt>
        <rp>)</rp>
      </ruby>
    ),
  );
}
