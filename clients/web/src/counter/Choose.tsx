import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import { ChoiceList, keyAt, type Choice } from "./ChoiceList";
import { Dialog } from "./Dialog";

/** What a question is given. */
export interface Answering<Answer> {
  readonly onAnswer: (answer: Answer) => void;
  readonly onCancel: () => void;
}

/** A list to choose from, with the digits that choose. */
export function Choose<Value>(props: {
  kind: string;
  heading: string;
  choices: readonly Choice<Value>[];
  onAnswer: (value: Value) => void;
  onCancel: () => void;
  before?: ReactNode;
  after?: ReactNode;
}): ReactNode {
  const { kind, heading, choices, onAnswer, onCancel, before, after } = props;
  return (
    <Dialog
      kind={kind}
      heading={heading}
      onCancel={onCancel}
      onKey={(key) => {
        const chosen = choices.find((choice) => choice.key === key);
        if (chosen !== undefined) onAnswer(chosen.value);
      }}
    >
      {before}
      <ChoiceList choices={choices} onChoose={onAnswer} />
      {after}
      <div className="form-end">
        <button
          type="button"
          data-first={choices.length === 0 || undefined}
          onClick={onCancel}
        >
          <kbd aria-hidden="true">Esc</kbd>
          <span>
            <Text id="counter.cancel" />
          </span>
        </button>
      </div>
    </Dialog>
  );
}

/** `choices` with the digits 1 to 9. */
export function keyed<Value>(
  choices: readonly Omit<Choice<Value>, "key">[],
): Choice<Value>[] {
  return choices.map((choice, index) => {
    const key = keyAt(index);
    return key === undefined ? choice : { ...choice, key };
  });
}
