import { useContext, type ReactNode } from "react";
import type { Press } from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { withoutReadings } from "../shared/ruby";
import { LanguageContext, Text } from "../shared/Text";
import { textOf } from "../shared/texts";
import { Heading } from "./Heading";
import type { Button } from "./kiosk_actions";
import { PressButton } from "./PressButton";
import { QrCode } from "./QrCode";

/** The visitor's number, and what to do now. */
export function NumberPage(props: {
  press: Press;
  /** Whether a slip came out, so that it must be taken. */
  onPaper: boolean;
  secondsLeft: number;
  onTap: (button: Button) => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { press } = props;
  const { number, link, aheadCount } = press;
  return (
    <main className="step number" data-step="number">
      <div className="number-all">
        <div className="number-main">
          <Heading className="number-heading">
            <span className="number-noun">
              <Text id="kiosk.number_noun" />
            </span>{" "}
            <span className="number-digits" data-long={number.length > 3}>
              {number}
            </span>
          </Heading>
          <p className="number-take">
            <Text id={props.onPaper ? "kiosk.take" : "kiosk.note_number"} />
          </p>
        </div>
        <div className="number-more">
          {link !== "" && (
            <figure className="number-code">
              <QrCode
                text={link}
                label={withoutReadings(
                  textOf(language, "kiosk.qr_label", { n: number }),
                )}
              />
              <figcaption>
                <Text id="kiosk.qr" />
              </figcaption>
            </figure>
          )}
          <div className="number-words">
            {aheadCount !== undefined && (
              <p className="number-ahead">
                <Text id="kiosk.slip_ahead" values={{ k: aheadCount }} />
              </p>
            )}
            <p>
              <Text id="kiosk.call_hint" />
            </p>
            <p>
              <Text id="kiosk.slip_order" />
            </p>
          </div>
        </div>
      </div>
      <p className="countdown" role="timer" aria-live="off">
        <Text id="kiosk.countdown" values={{ k: props.secondsLeft }} />
        <br />
        <Text id="kiosk.stay" />
      </p>
      <PressButton
        className="way way-done"
        name="home"
        onPress={() => props.onTap({ kind: "home" })}
      >
        <Text id="kiosk.done" />
      </PressButton>
    </main>
  );
}
