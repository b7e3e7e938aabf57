import { useContext, type ReactNode } from "react";
import type { Advice } from "../gen/madoguchi/renewal/v1/renewal_pb";
import type { ServiceView } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { wordsOfTexts } from "../shared/advice_text";
import { newRequestId } from "../shared/repeat";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized } from "../shared/texts";
import { Heading } from "./Heading";
import type { Button } from "./kiosk_actions";
import { PressButton } from "./PressButton";
import { consult, servicesAfter } from "./triage";
import { WaysBack } from "./WaysBack";
import { countedLines } from "./words";

/** What came of the questions, and the numbers that may be taken after them. */
export function AdvicePage(props: {
  advice: Advice;
  services: readonly ServiceView[];
  onTap: (button: Button) => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { advice, onTap } = props;
  const [first = "", ...others] = wordsOfTexts(advice.texts, language, advice.date);
  const offered = servicesAfter(advice, props.services);
  const isServed = offered.some(({ service }) => service === advice.service);
  return (
    <main
      className="step advice"
      data-step="advice"
      data-row={advice.row}
      data-served={isServed}
    >
      <Heading className="advice-first">
        {countedLines(first).map((line) => (
          <span key={line} className="advice-line">
            <Ruby text={line} />
          </span>
        ))}
      </Heading>
      <div className="advice-others">
        {others.flatMap(countedLines).map((line) => (
          <p key={line}>
            <Ruby text={line} />
          </p>
        ))}
      </div>
      <div className="actions">
        {offered.map((service) => (
          <PressButton
            key={service.service}
            className={service.service === advice.service ? "yes" : "way"}
            name={`take-${service.service}`}
            onPress={() =>
              onTap({
                kind: "take",
                service: service.service,
                requestId: newRequestId(),
              })
            }
          >
            {service.service === consult ? (
              <Text id="kiosk.take_consult" />
            ) : (
              <>
                <span className="take-words">
                  <Text id="kiosk.take_for" />
                </span>{" "}
                <span className="take-service">
                  <Ruby text={localized(service.displayName, language)} />
                </span>{" "}
                <span className="take-waiting">
                  <Text id="kiosk.waiting" values={{ k: service.waitingCount }} />
                </span>
              </>
            )}
          </PressButton>
        ))}
        <WaysBack onTap={onTap} />
      </div>
    </main>
  );
}
