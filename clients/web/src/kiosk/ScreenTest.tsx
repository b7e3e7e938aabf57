import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import { languages } from "../shared/texts";

/** Fills the screen, so that a broken dot, a wrong font or a cut edge shows. */
export function ScreenTest(props: { onEnd: () => void }): ReactNode {
  return (
    <main className="screen-test" data-step="test">
      <h1 className="visually-hidden">
        <Text id="kiosk.staff.test" />
      </h1>
      <button
        type="button"
        className="screen-test-all"
        autoFocus
        data-button="end-test"
        onClick={props.onEnd}
      >
        <span className="screen-test-colours" aria-hidden="true">
          {["white", "black", "calm", "caution", "call", "stop"].map((colour) => (
            <span key={colour} data-colour={colour} />
          ))}
        </span>
        {languages.map((language) => (
          <span key={language} className="screen-test-line">
            <Text id="kiosk.title" language={language} />
          </span>
        ))}
        <span className="screen-test-line">0123456789 ABCXYZ -</span>
        <span className="screen-test-line">
          <Text id="kiosk.staff.test_hint" />
        </span>
      </button>
    </main>
  );
}
