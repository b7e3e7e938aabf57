import { useContext, type ReactNode } from "react";
import { withoutReadings } from "../shared/ruby";
import { LanguageContext } from "../shared/Text";
import {
  htmlLanguage,
  languages,
  textOf,
  type Language,
} from "../shared/texts";
import { useText } from "./useText";

/** The languages of the screen, each in its own words. */
export function LanguageSwitch(props: {
  onLanguage: (language: Language) => void;
}): ReactNode {
  const spoken = useContext(LanguageContext);
  const text = useText();
  return (
    <div
      className="languages"
      role="group"
      aria-label={text("counter.language_switch")}
    >
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={htmlLanguage(language)}
          data-language={language}
          aria-pressed={language === spoken}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onLanguage(language)}
        >
          {withoutReadings(textOf(language, `language.${language}`))}
        </button>
      ))}
    </div>
  );
}
