import type { ReactNode } from "react";

/**
 * A button for fingers: it takes a tap, a long press and a key alike.
 *
 * A browser makes no click of a touch that lasts, so the finger's leaving counts
 * too; where it then makes a click as well, the guard of taps drops it. A second
 * finger at the same time is none. `current` marks the one that holds now.
 */
export function PressButton(props: {
  onPress: () => void;
  children: ReactNode;
  className?: string;
  disabled?: boolean;
  current?: boolean;
  lang?: string;
  name?: string;
}): ReactNode {
  return (
    <button
      type="button"
      className={`press ${props.className ?? ""}`}
      disabled={props.disabled ?? false}
      aria-pressed={props.current}
      lang={props.lang}
      data-button={props.name}
      onClick={props.onPress}
      onPointerUp={(event) => {
        const { pointerType, isPrimary, currentTarget, clientX, clientY } = event;
        if (pointerType !== "touch" || !isPrimary) return;
        // A finger that slid off has thought better of it.
        const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
        const isInside =
          clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
        if (isInside) props.onPress();
      }}
    >
      {props.children}
    </button>
  );
}
