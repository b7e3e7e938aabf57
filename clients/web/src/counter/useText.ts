import { useContext } from "react";
import { withoutReadings } from "../shared/ruby";
import { LanguageContext } from "../shared/Text";
import { textOf, type TextId, type TextValues } from "../shared/texts";

/** Gives texts in the screen's language, for places that cannot carry readings. */
export function useText(): (id: TextId, values?: TextValues) => string {
  const language = useContext(LanguageContext);
  return (id, values) => withoutReadings(textOf(language, id, values));
}
