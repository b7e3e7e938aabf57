import type { ReactNode } from "react";
import type { Direction } from "./board_settings";

/** Points to where a counter lies. A call to pick something up has an arrow of
 * its own: a double one, told apart without colour and from afar. */
export function Arrow(props: {
  direction: Direction;
  pickup: boolean;
}): ReactNode {
  return (
    <svg
      className="arrow"
      data-direction={props.direction}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {props.pickup ? (
        <path d="M1 6h10V2l12 10-12 10v-4H1v-4h13v-4H1z" />
      ) : (
        <path d="M1 9.5h12V3l10 9-10 9v-6.5H1z" />
      )}
    </svg>
  );
}
