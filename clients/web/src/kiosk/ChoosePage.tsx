import { useContext, type ReactNode } from "react";
import type { ServiceView } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized } from "../shared/texts";
import { Heading } from "./Heading";
import type { Button } from "./kiosk_state";
import { PressButton } from "./PressButton";
import { pageOf } from "./services_page";

/** What visitors can come for, with how many wait. Nothing is typed here. */
export function ChoosePage(props: {
  services: readonly ServiceView[];
  page: number;
  /** Whether what is shown may be wrong: then nothing can be chosen. */
  stale: boolean;
  onTap: (button: Button) => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { services, hasMore } = pageOf(props.services, props.page);
  return (
    <main className="step choose" data-step="choose">
      {!props.stale && (
        <Heading>
          <Text id="kiosk.title" />
        </Heading>
      )}
      <ul className="tiles" data-stale={props.stale}>
        {services.map((service) => (
          <li key={service.service}>
            <PressButton
              className="tile"
              name={service.service}
              disabled={props.stale}
              onPress={() =>
                props.onTap({ kind: "service", service: service.service })
              }
            >
              <span className="tile-name">
                <Ruby text={localized(service.displayName, language)} />
              </span>
              <span className="tile-waiting">
                <Text id="kiosk.waiting" values={{ k: service.waitingCount }} />
              </span>
            </PressButton>
          </li>
        ))}
        {hasMore && (
          <li>
            <PressButton
              className="tile tile-more"
              name="more"
              disabled={props.stale}
              onPress={() => props.onTap({ kind: "more" })}
            >
              <span className="tile-name">
                <Text id="kiosk.more" />
              </span>
            </PressButton>
          </li>
        )}
      </ul>
      {props.page > 0 && !props.stale && (
        <div className="ways">
          <PressButton
            className="way"
            name="back"
            onPress={() => props.onTap({ kind: "back" })}
          >
            <Text id="kiosk.back" />
          </PressButton>
          <PressButton
            className="way"
            name="home"
            onPress={() => props.onTap({ kind: "home" })}
          >
            <Text id="kiosk.home" />
          </PressButton>
        </div>
      )}
      <p className="notes">
        <Text id="kiosk.privacy" />
        <br />
        <Text id="kiosk.assist" />
      </p>
    </main>
  );
}
