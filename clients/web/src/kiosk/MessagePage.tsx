import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import type { TextId } from "../shared/texts";
import { Heading } from "./Heading";
import { PressButton } from "./PressButton";

/**
 * Says what is the matter, and that staff come: a machine that cannot issue
 * numbers must not look as if it could.
 */
export function MessagePage(props: {
  /** For tests and watchers, such as `stuck`. */
  name: string;
  /** A number to be seen from afar; empty if there is none. */
  number?: string;
  title: ReactNode;
  why?: ReactNode;
  forStaff?: ReactNode;
  /** Until it goes away by itself; null for as long as it is true. */
  secondsLeft: number | null;
  onHome?: () => void;
  homeText?: TextId;
  children?: ReactNode;
}): ReactNode {
  const { number = "", homeText = "kiosk.done" } = props;
  return (
    <main className="step message" data-step={props.name}>
      <div className="message-box" role="alert">
        {number !== "" && (
          <p className="message-number">
            <span className="number-noun">
              <Text id="kiosk.number_noun" />
            </span>{" "}
            <span className="number-digits">{number}</span>
          </p>
        )}
        <Heading className="message-title">{props.title}</Heading>
        {props.why !== undefined && <p className="message-why">{props.why}</p>}
        <p className="message-staff">
          <Text id="kiosk.staff_comes" />
        </p>
        {props.forStaff !== undefined && (
          <p className="message-for-staff">{props.forStaff}</p>
        )}
      </div>
      {props.secondsLeft !== null && (
        <p className="countdown" role="timer" aria-live="off">
          <Text id="kiosk.countdown" values={{ k: props.secondsLeft }} />
        </p>
      )}
      {props.onHome !== undefined && (
        <PressButton className="way way-done" name="home" onPress={props.onHome}>
          <Text id={homeText} />
        </PressButton>
      )}
      {props.children}
    </main>
  );
}
