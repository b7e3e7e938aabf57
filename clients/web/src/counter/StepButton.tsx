import type { ReactNode } from "react";
import { Ruby } from "../shared/Ruby";
import { Text } from "../shared/Text";
import { commandText } from "./buttons";
import type { Desk } from "./desk";
import { keyOf, type Command } from "./keys";

/** A step with its key. The mouse leaves the focus where it was: see below. */
export function StepButton(props: {
  command: Command;
  desk: Desk;
  kind: "next" | "other";
  /** Other words than those of the command. */
  words?: string | undefined;
  onPress: (command: Command) => void;
}): ReactNode {
  const { command, desk, kind, words, onPress } = props;
  const key = keyOf(command);
  return (
    <button
      type="button"
      className={kind === "next" ? "next-step" : "step"}
      data-command={command}
      aria-keyshortcuts={key}
      // Focused, the large button would take the space bar, which calls the next
      // visitor, for whatever it does by then.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onPress(command)}
    >
      <kbd aria-hidden="true">{key}</kbd>
      <span>
        {words === undefined ? (
          <Text id={commandText(command, desk)} />
        ) : (
          <Ruby text={words} />
        )}
      </span>
    </button>
  );
}
