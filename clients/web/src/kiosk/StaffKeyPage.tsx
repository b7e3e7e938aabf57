import { useContext, useEffect, useEffectEvent, type ReactNode } from "react";
import type { Refusal } from "../shared/refusal";
import { withoutReadings } from "../shared/ruby";
import { LanguageContext, Text } from "../shared/Text";
import { textOf } from "../shared/texts";
import { Heading } from "./Heading";
import { RefusalText } from "./RefusalText";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] as const;

/** Takes the staff key, by a number pad on the screen or by the keyboard. */
export function StaffKeyPage(props: {
  typed: string;
  refusal: Refusal | null;
  /** Takes a digit; null takes the last one back. */
  onType: (digit: string | null) => void;
  onEnter: () => void;
  onLeave: () => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { typed, onType, onEnter, onLeave } = props;

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // A button that has the focus takes Enter itself.
    const onButton = event.target instanceof HTMLButtonElement;
    if (/^[0-9]$/.test(event.key)) onType(event.key);
    else if (event.key === "Backspace") onType(null);
    else if (event.key === "Escape") onLeave();
    else if (event.key === "Enter" && !onButton) onEnter();
    else return;
    event.preventDefault();
  });
  // One listener for as long as the step lasts: the page may be drawn anew
  // between two listeners of one key, and one that is put in its place then is
  // not called.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return (
    <main className="step staff-key" data-step="staff-key">
      <Heading>
        <Text id="kiosk.staff.key" />
      </Heading>
      <p
        className="staff-key-typed"
        role="status"
        aria-label={withoutReadings(
          textOf(language, "kiosk.staff.key_digits", { k: typed.length }),
        )}
      >
        {"●".repeat(typed.length)}
      </p>
      <p className="staff-key-refusal" role="alert">
        {props.refusal !== null && <RefusalText refusal={props.refusal} />}
      </p>
      <div className="pad">
        {digits.map((digit) => (
          <button
            key={digit}
            type="button"
            className="press pad-key"
            data-button={`digit-${digit}`}
            onClick={() => onType(digit)}
          >
            {digit}
          </button>
        ))}
        <button
          type="button"
          className="press pad-key"
          data-button="erase"
          onClick={() => onType(null)}
        >
          <Text id="kiosk.staff.erase" />
        </button>
        <button
          type="button"
          className="press pad-key pad-enter"
          data-button="enter"
          onClick={onEnter}
        >
          <Text id="kiosk.staff.enter" />
        </button>
      </div>
      <button
        type="button"
        className="press way way-done"
        data-button="back"
        onClick={onLeave}
      >
        <Text id="kiosk.back" />
      </button>
    </main>
  );
}
