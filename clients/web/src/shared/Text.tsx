import { createContext, useContext, type ReactNode } from "react";
import { Ruby } from "./Ruby";
import { htmlLanguage, textOf, type Language, type TextId, type TextValues } from "./texts";

/** The language that the screen speaks now. */
export const LanguageContext = createContext<Language>("ja");

/** Shows a text of the catalogue, in the screen's language or in `language`. */
export function Text(props: {
  id: TextId;
  values?: TextValues;
  language?: Language;
}): ReactNode {
  const spoken = useContext(LanguageContext);
  const language = props.language ?? spoken;
  const text = <Ruby text={textOf(language, props.id, props.values)} />;
  return language === spoken ? (
    text
  ) : (
    <span lang={htmlLanguage(language)}>{text}</span>
  );
}
