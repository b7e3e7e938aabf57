import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import { Heading } from "./Heading";

/** While the number is on its way. Says so when that takes longer than usual. */
export function IssuingPage(props: { slow: boolean }): ReactNode {
  return (
    <main className="step issuing" data-step="issuing">
      <div className="issuing-mark" aria-hidden="true" />
      <Heading>
        <Text id="kiosk.busy" />
      </Heading>
      <p className="issuing-slow" role="status">
        {props.slow && <Text id="kiosk.outcome_unknown" />}
      </p>
    </main>
  );
}
