import { useContext, type ReactNode } from "react";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { refusal, type Desk } from "./desk";
import { Dialog } from "./Dialog";
import { commands, keysOf } from "./keys";
import { useText } from "./useText";
import { nameOf } from "./words";

/** Every key, and which of them do something now. */
export function HelpDialog(props: {
  desk: Desk;
  outcomes: readonly string[];
  onClose: () => void;
}): ReactNode {
  const { desk, outcomes, onClose } = props;
  const text = useText();
  const language = useContext(LanguageContext);
  return (
    <Dialog
      kind="help"
      heading={text("counter.help_heading")}
      onCancel={onClose}
    >
      <p>
        <Text id="counter.help_now" />
      </p>
      <dl className="keys">
        {commands.map((command) => (
          <div
            key={command}
            data-lawful={refusal(desk, command) === undefined || undefined}
          >
            <dt>
              {(command === "outcome" ? ["1-9"] : keysOf(command)).map(
                (key) => (
                  <kbd key={key}>{key === " " ? "Space" : key}</kbd>
                ),
              )}
            </dt>
            <dd>
              <Text id={`command.${command}`} />
              {command === "outcome" && (
                <>
                  {" ("}
                  <Ruby
                    text={outcomes
                      .map(
                        (one, at) =>
                          `${at + 1} ${nameOf("outcome", one, language)}`,
                      )
                      .join(", ")}
                  />
                  )
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <Text id="counter.help_questions" />
      </p>
      <div className="form-end">
        <button type="button" data-first onClick={onClose}>
          <kbd aria-hidden="true">Esc</kbd>
          <span>
            <Text id="counter.close_dialog" />
          </span>
        </button>
      </div>
    </Dialog>
  );
}
