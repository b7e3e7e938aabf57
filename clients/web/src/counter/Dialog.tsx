import {
  useId,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { Ruby } from "../shared/Ruby";
import { readKey } from "./keys";

/**
 * A question over the page. Escape gives it up; the focus goes to the element
 * marked `data-first`, and afterwards back to where it was. A click beside it does
 * nothing: it would be a slip.
 */
export function Dialog(props: {
  kind: string;
  heading: string;
  onCancel: () => void;
  /** Told of each plain key that no field of text takes. */
  onKey?: (key: string) => void;
  children: ReactNode;
}): ReactNode {
  const { kind, heading, onCancel, onKey, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    element.showModal();
    element.querySelector<HTMLElement>("[data-first]")?.focus();
    // Only a dialog that is closed gives the focus back.
    return () => element.close();
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLDialogElement>) => {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onCancel();
      return;
    }
    if (onKey === undefined || isTextField(event.target)) return;
    const key = plainKey(event);
    if (key !== "") onKey(key);
  };
  return (
    <dialog
      ref={dialog}
      className="question"
      data-question={kind}
      aria-labelledby={headingId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={headingId}>
        <Ruby text={heading} />
      </h2>
      {children}
    </dialog>
  );
}

/** Whether keys typed at `target` are text. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    return !["radio", "checkbox", "button", "submit"].includes(target.type);
  }
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}

/** A letter or digit pressed alone, also with an input method left on. */
function plainKey(event: KeyboardEvent): string {
  const press = readKey(event.nativeEvent);
  if (press?.place !== undefined) return String(press.place);
  const key = event.key === "Process" ? event.code : event.key;
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return "";
  if (key === "KeyY" || /^[yYｙＹ]$/.test(key)) return "y";
  if (key === "KeyN" || /^[nNｎＮ]$/.test(key)) return "n";
  return "";
}
