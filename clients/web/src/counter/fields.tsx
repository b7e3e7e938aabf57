import { useId, type ReactNode } from "react";
import { Text } from "../shared/Text";
import type { TextId } from "../shared/texts";
import { longestNote, noteLength } from "./questions";

/** One of several, as radio buttons; `first` gets the focus. */
export function RadioField<Value extends string>(props: {
  name: string;
  legend: TextId;
  options: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    readonly key?: string;
  }[];
  value: Value | "";
  first?: boolean;
  onChange: (value: Value) => void;
}): ReactNode {
  const { name, legend, options, value, first = false, onChange } = props;
  return (
    <fieldset>
      <legend>
        <Text id={legend} />
      </legend>
      <div className="radios">
        {options.map((option, index) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              data-first={(first && index === 0) || undefined}
              onChange={() => onChange(option.value)}
            />
            {option.key !== undefined && (
              <kbd aria-hidden="true">{option.key}</kbd>
            )}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A line of text. */
export function TextField(props: {
  label: TextId;
  value: string;
  first?: boolean;
  numeric?: boolean;
  /** What was used before, to choose from. */
  suggestions?: readonly string[];
  onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  const { label, value, first, numeric, suggestions, onChange } = props;
  return (
    <div className="field">
      <label htmlFor={id}>
        <Text id={label} />
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        inputMode={numeric === true ? "numeric" : undefined}
        list={suggestions === undefined ? undefined : `${id}-list`}
        value={value}
        data-first={first || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {suggestions !== undefined && (
        <datalist id={`${id}-list`}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/** What one clerk tells the next, with how much of it is used up. */
export function NoteField(props: {
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  const used = noteLength(props.value);
  return (
    <div className="field">
      <label htmlFor={id}>
        <Text id="counter.form_note" />
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        value={props.value}
        aria-describedby={`${id}-used`}
        aria-invalid={used > longestNote || undefined}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <span id={`${id}-used`} className="field-used">
        <Text id="counter.form_note_count" values={{ k: used }} />
      </span>
    </div>
  );
}

/** One of several, as a list that opens. */
export function SelectField(props: {
  label: TextId;
  value: string;
  first?: boolean;
  options: readonly { readonly value: string; readonly label: string }[];
  onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        <Text id={props.label} />
      </label>
      <select
        id={id}
        value={props.value}
        data-first={props.first || undefined}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** OK and cancel, and why what was filled in is no answer. */
export function FormEnd(props: {
  refused: TextId | undefined;
  onCancel: () => void;
}): ReactNode {
  return (
    <>
      <p className="form-refused" role="alert">
        {props.refused !== undefined && <Text id={props.refused} />}
      </p>
      <div className="form-end">
        <button type="button" onClick={props.onCancel}>
          <kbd aria-hidden="true">Esc</kbd>
          <span>
            <Text id="counter.cancel" />
          </span>
        </button>
        <button type="submit" className="form-ok">
          <kbd aria-hidden="true">Enter</kbd>
          <span>
            <Text id="counter.ok" />
          </span>
        </button>
      </div>
    </>
  );
}
