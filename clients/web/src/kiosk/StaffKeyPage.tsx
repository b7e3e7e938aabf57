import { useContext, useEffect, type ReactNode } from "react";
import type { Refusal } from "../shared/refusal";
import { withoutReadings } from "../shared/ruby";
import { LanguageContext, Text } from "../shared/Text";
import { textOf } from "../shared/texts";
import { Heading } from "./Heading";
import { RefusalText } from "./RefusalText";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] as const;
/** Longer than any key: whoever rests on a digit fills nothing. */
const longestKey = 16;

/** Takes the staff key, by a number pad on the screen or by the keyboard. */
export function StaffKeyPage(props: {
  typed: string;
  refusal: Refusal | null;
  onTyped: (typed: string) => void;
  onEnter: () => void;
  onLeave: () => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { typed, onTyped, onEnter, onLeave } = props;
  const type = (digit: string) => onTyped((typed + digit).slice(0, longestKey));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      // A button that has the focus takes Enter itself.
      const onButton = event.target instanceof HTMLButtonElement;
      if (/^[0-9]$/.test(event.key)) type(event.key);
      else if (event.key === "Backspace") onTyped(typed.slice(0, -1));
      else if (event.key === "Escape") onLeave();
      else if (event.key === "Enter" && !onButton) onEnter();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

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
            onClick={() => type(digit)}
          >
            {digit}
          </button>
        ))}
        <button
          type="button"
          className="press pad-key"
          data-button="erase"
          onClick={() => onTyped(typed.slice(0, -1))}
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
