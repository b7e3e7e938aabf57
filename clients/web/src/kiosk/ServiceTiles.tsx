import { useContext, type ReactNode } from "react";
import type { ServiceView } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized } from "../shared/texts";
import type { Button } from "./kiosk_actions";
import { PressButton } from "./PressButton";
import { pageOf } from "./services_page";

/** One page of what visitors can come for, with how many wait. */
export function ServiceTiles(props: {
  services: readonly ServiceView[];
  page: number;
  /** Whether what is shown may be wrong: then it is grey and does nothing. */
  stale?: boolean;
  onTap: (button: Button) => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { stale = false, onTap } = props;
  const { services, hasMore } = pageOf(props.services, props.page);
  return (
    <ul className="tiles" data-stale={stale}>
      {services.map((service) => (
        <li key={service.service}>
          <PressButton
            className="tile"
            name={service.service}
            disabled={stale}
            onPress={() => onTap({ kind: "service", service: service.service })}
          >
            <span className="tile-name">
              <Ruby text={localized(service.displayName, language)} />
            </span>{" "}
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
            disabled={stale}
            onPress={() => onTap({ kind: "more" })}
          >
            <span className="tile-name">
              <Text id="kiosk.more" />
            </span>
          </PressButton>
        </li>
      )}
    </ul>
  );
}
