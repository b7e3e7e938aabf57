import type { ReactNode } from "react";
import { htmlLanguage, textOf, type Language } from "../shared/texts";
import { around } from "./announced_text";
import type { Hall } from "./hall";
import { PageNumber } from "./PageNumber";
import { pageAt } from "./pages";

/** More would take the room of what is called now. */
const shownAtOnce = 8;

/** The numbers that were called and did not come, and what to do; nothing if
 * there is none. */
export function Missed(props: { hall: Hall; turn: number }): ReactNode {
  const page = pageAt(props.hall.missed, shownAtOnce, props.turn);
  if (page.items.length === 0) return null;
  return (
    <section className="missed" aria-label={textOf("ja", "display.missed_title")}>
      <PageNumber page={page} />
      <Sentence numbers={page.items} language="ja" />
      <Sentence numbers={page.items} language="en" />
    </section>
  );
}

/** The sentence of the house with the numbers in their place. */
function Sentence(props: {
  numbers: readonly string[];
  language: Language;
}): ReactNode {
  const { numbers, language } = props;
  const parts = around(textOf(language, "display.missed"), "{n}");
  return (
    <p lang={htmlLanguage(language)} data-language={language}>
      {parts?.before}
      <span className="missed-numbers">{numbers.join(" ")}</span>
      {parts?.after}
    </p>
  );
}
