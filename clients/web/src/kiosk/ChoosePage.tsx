import type { ReactNode } from "react";
import type { ServiceView } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Text } from "../shared/Text";
import { Heading } from "./Heading";
import type { Button } from "./kiosk_actions";
import { ServiceTiles } from "./ServiceTiles";
import { WaysBack } from "./WaysBack";

/** Where visitors choose what they came for. Nothing is typed here. */
export function ChoosePage(props: {
  services: readonly ServiceView[];
  page: number;
  onTap: (button: Button) => void;
}): ReactNode {
  const { page, onTap } = props;
  return (
    <main className="step choose" data-step="choose">
      <Heading>
        <Text id="kiosk.title" />
      </Heading>
      <ServiceTiles services={props.services} page={page} onTap={onTap} />
      {page > 0 && <WaysBack onTap={onTap} />}
      <div className="notes">
        <p>
          <Text id="kiosk.privacy" />
        </p>
        <p>
          <Text id="kiosk.assist" />
        </p>
      </div>
    </main>
  );
}
