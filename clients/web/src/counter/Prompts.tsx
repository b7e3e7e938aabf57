import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { ReactNode } from "react";
import { Ticket_State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Text } from "../shared/Text";
import { undoOfferedMs, type Desk } from "./desk";
import { keyOf } from "./keys";
import { useText } from "./useText";
import { secondsBetween } from "./words";

/** How long a service may last before the clerk is asked about its finish. */
const askFinishAfterSeconds = 45 * 60;

/** For how many minutes a finish may have been forgotten; none if it is not. */
export function forgottenMinutes(
  desk: Desk,
  now: Timestamp | undefined,
): number | undefined {
  const { ticket } = desk;
  if (ticket?.state !== Ticket_State.SERVING) return undefined;
  const seconds = secondsBetween(ticket.servingStartTime, now);
  return ticket.timeUncertain || seconds > askFinishAfterSeconds
    ? Math.floor(seconds / 60)
    : undefined;
}

/** Asks whether a finish was forgotten. */
export function FinishPrompt(props: {
  desk: Desk;
  now: Timestamp | undefined;
}): ReactNode {
  const minutes = forgottenMinutes(props.desk, props.now);
  if (minutes === undefined) return null;
  return (
    <p className="finish-prompt">
      <span aria-hidden="true">⚠</span>{" "}
      <Text id="counter.finish_forgotten" values={{ m: minutes }} />
    </p>
  );
}

/** Offers to take the last step back, for as long as the bar runs. */
export function UndoOffer(props: {
  desk: Desk;
  /** Machine time in ms. */
  now: number;
  onUndo: () => void;
}): ReactNode {
  const text = useText();
  const { undo } = props.desk;
  if (undo === undefined) return null;
  const leftMs = Math.max(0, undo.until - props.now);
  return (
    <div className="undo">
      <button
        type="button"
        data-command="undo"
        aria-keyshortcuts={keyOf("undo")}
        onMouseDown={(event) => event.preventDefault()}
        onClick={props.onUndo}
      >
        <kbd aria-hidden="true">{keyOf("undo")}</kbd>
        <span>
          <Text
            id="counter.undo_offered"
            values={{ n: undo.number, what: text(`counter.step_${undo.step}`) }}
          />
        </span>
      </button>
      <span className="undo-left" aria-hidden="true">
        <Text
          id="counter.undo_seconds"
          values={{ s: Math.ceil(leftMs / 1000) }}
        />
      </span>
      <progress
        className="undo-bar"
        aria-hidden="true"
        max={undoOfferedMs}
        value={leftMs}
      />
    </div>
  );
}
