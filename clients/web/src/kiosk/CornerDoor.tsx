import { useEffect, useRef, type ReactNode } from "react";

/** How long staff hold the corner, in ms: no visitor does by chance. */
export const holdMs = 3_000;

/**
 * The way to the staff corner: nothing is seen of it until the keyboard comes to
 * it. A finger has to rest there; a key opens it at once, for what is behind it
 * asks for the staff key anyway.
 */
export function CornerDoor(props: {
  label: string;
  onOpen: () => void;
}): ReactNode {
  const hold = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = () => clearTimeout(hold.current);
  useEffect(() => release, []);
  return (
    <button
      type="button"
      className="corner-door"
      data-button="staff"
      onPointerDown={(event) => {
        release();
        if (event.isPrimary) hold.current = setTimeout(props.onOpen, holdMs);
      }}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onClick={(event) => {
        // A click by keyboard has no count of clicks.
        if (event.detail === 0) props.onOpen();
      }}
    >
      {props.label}
    </button>
  );
}
