import { useContext, type ReactNode } from "react";
import type { ServiceView } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { newRequestId } from "../shared/repeat";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized, textOf } from "../shared/texts";
import { Heading } from "./Heading";
import type { Button } from "./kiosk_actions";
import { PressButton } from "./PressButton";
import { countedLines, needOf } from "./words";
import { WaysBack } from "./WaysBack";

/** Asks once, and says what the visitor needs. */
export function ConfirmPage(props: {
  service: ServiceView;
  onTap: (button: Button) => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { service, onTap } = props;
  const need = needOf(service.service);
  return (
    <main className="step confirm" data-step="confirm">
      <div className="chosen">
        <Heading className="chosen-name">
          <Ruby text={localized(service.displayName, language)} />
        </Heading>
        <p className="chosen-waiting">
          <Text id="kiosk.waiting" values={{ k: service.waitingCount }} />
        </p>
      </div>
      {need !== null && (
        <section className="need" aria-labelledby="need">
          <h2 id="need">
            <Text id="kiosk.need" />
          </h2>
          <ul>
            {countedLines(textOf(language, need)).map((line) => (
              <li key={line}>
                <Ruby text={line} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="question">
        <Text id="kiosk.confirm_page" />
      </p>
      <div className="actions">
        <PressButton
          className="yes"
          name="yes"
          onPress={() => onTap({ kind: "yes", requestId: newRequestId() })}
        >
          <Text id="kiosk.yes" />
        </PressButton>
        <WaysBack onTap={onTap} />
      </div>
    </main>
  );
}
