import { useRef, type KeyboardEvent, type ReactNode } from "react";

export interface Choice<Value> {
  readonly value: Value;
  /** The digit that chooses it; none if there are more than digits. */
  readonly key?: string;
  readonly label: ReactNode;
  readonly number?: string;
}

/** The digits 1 to 9 for the first choices. */
export function keyAt(index: number): string | undefined {
  return index < 9 ? String(index + 1) : undefined;
}

/** Several things to choose from: a click, a digit, or the arrows and Enter. */
export function ChoiceList<Value>(props: {
  choices: readonly Choice<Value>[];
  onChoose: (value: Value) => void;
}): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <ul className="choices" ref={list} onKeyDown={move}>
      {props.choices.map((choice, index) => (
        <li key={index}>
          <button
            type="button"
            data-first={index === 0 || undefined}
            data-number={choice.number}
            aria-keyshortcuts={choice.key}
            onClick={() => props.onChoose(choice.value)}
          >
            {choice.key !== undefined && (
              <kbd aria-hidden="true">{choice.key}</kbd>
            )}
            <span>{choice.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
