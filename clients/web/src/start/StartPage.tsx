import { useEffect, useState, type ReactNode } from "react";
import { LanguageContext, Text } from "../shared/Text";
import { htmlLanguage, languages, textOf, type Language } from "../shared/texts";
import { watchReadiness, type Readiness } from "./readiness";
import { addressOf, screens } from "./screens";

/** Leads to every screen, and says whether the house can work. */
export function StartPage(props: { language: Language; here: URL }): ReactNode {
  const [language, setLanguage] = useState(props.language);
  const [readiness, setReadiness] = useState<Readiness>({ kind: "asking" });

  useEffect(() => {
    const end = new AbortController();
    void watchReadiness(setReadiness, end.signal);
    return () => end.abort();
  }, []);

  useEffect(() => {
    document.documentElement.lang = htmlLanguage(language);
    document.title = textOf(language, "start.title");
  }, [language]);

  return (
    <LanguageContext value={language}>
      <header className="start-header">
        <h1>
          <Text id="start.title" />
        </h1>
        <nav aria-label={textOf(language, "start.languages")}>
          {languages.map((other) => (
            <button
              key={other}
              type="button"
              lang={htmlLanguage(other)}
              aria-pressed={other === language}
              onClick={() => setLanguage(other)}
            >
              {textOf(other, "start.own_language")}
            </button>
          ))}
        </nav>
      </header>
      <main>
        <p className="start-purpose">
          <Text id="start.purpose" />
        </p>
        <ul className="start-screens">
          {screens.map((screen) => (
            <li key={screen.id}>
              <a href={addressOf(screen.id, props.here)}>
                <Text id={screen.name} />
              </a>
              <p>
                <Text id={screen.purpose} />
              </p>
            </li>
          ))}
        </ul>
        <ReadinessLine readiness={readiness} />
      </main>
    </LanguageContext>
  );
}

function ReadinessLine({ readiness }: { readiness: Readiness }): ReactNode {
  return (
    <p className="start-readiness" role="status" data-state={readiness.kind}>
      {readiness.kind === "asking" && <Text id="start.asking" />}
      {readiness.kind === "ready" && <Text id="start.ready" />}
      {readiness.kind === "silent" && <Text id="start.silent" />}
      {readiness.kind === "not-ready" && (
        <Text id="start.not_ready" values={{ reason: readiness.reason }} />
      )}
    </p>
  );
}
