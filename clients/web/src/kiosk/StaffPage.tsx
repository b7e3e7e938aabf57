import type { ReactNode } from "react";
import {
  Press_State as PressState,
  type StaffCorner,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import type { Refusal } from "../shared/refusal";
import { Text } from "../shared/Text";
import { Heading } from "./Heading";
import type { StaffStep } from "./kiosk_state";
import { PressButton } from "./PressButton";
import { RefusalText } from "./RefusalText";
import { printerWords } from "./words";

/** What staff see of the machine, and what they can do about it. */
export function StaffPage(props: {
  corner: StaffCorner;
  busy: boolean;
  outcome: "none" | "done" | Refusal;
  onStep: (step: StaffStep) => void;
  onTest: () => void;
  onLeave: () => void;
}): ReactNode {
  const { corner, busy, outcome, onStep } = props;
  const { open } = corner;
  return (
    <main className="step staff" data-step="staff">
      <Heading>
        <Text id="kiosk.staff.title" />
      </Heading>
      <dl className="staff-facts">
        <dt>
          <Text id="kiosk.staff.printer" />
        </dt>
        <dd>
          <Text id={printerWords(corner.printer)} />
        </dd>
        <dt>
          <Text id="kiosk.staff.machine" />
        </dt>
        <dd>
          <Text
            id={
              corner.outOfOrder
                ? "kiosk.staff.out_of_order"
                : "kiosk.staff.in_service"
            }
          />
        </dd>
        <dt>
          <Text id="kiosk.staff.version" />
        </dt>
        <dd>{corner.programVersion}</dd>
        {corner.notice !== "" && (
          <>
            <dt>
              <Text id="kiosk.staff.notice" />
            </dt>
            <dd lang="en">{corner.notice}</dd>
          </>
        )}
      </dl>
      {open !== undefined && open.number === "" && (
        <p className="staff-open">
          <Text id="kiosk.staff.asking" />
        </p>
      )}
      {open !== undefined && open.number !== "" && (
        <section className="staff-open" aria-labelledby="staff-open">
          <h2 id="staff-open">
            <Text
              id={
                open.state === PressState.PRINT_UNKNOWN
                  ? "kiosk.staff.was_printed"
                  : "kiosk.staff.not_printed"
              }
              values={{ n: open.number }}
            />
          </h2>
          <div className="ways">
            <PressButton
              className="way"
              name="visitor-has-it"
              disabled={busy}
              onPress={() =>
                onStep({
                  kind: "settle",
                  press: open.requestId,
                  visitorHasIt: true,
                })
              }
            >
              <Text
                id={
                  open.state === PressState.PRINT_UNKNOWN
                    ? "kiosk.staff.yes_or_written"
                    : "kiosk.staff.written"
                }
              />
            </PressButton>
            <PressButton
              className="way"
              name="print-it"
              disabled={busy}
              onPress={() =>
                onStep({
                  kind: "settle",
                  press: open.requestId,
                  visitorHasIt: false,
                })
              }
            >
              <Text id="kiosk.staff.print_it" />
            </PressButton>
          </div>
        </section>
      )}
      <p className="staff-outcome" role="status">
        {outcome === "done" && <Text id="kiosk.staff.done" />}
        {outcome !== "done" && outcome !== "none" && (
          <RefusalText refusal={outcome} />
        )}
      </p>
      <div className="staff-steps">
        {corner.lastNumber !== "" && (
          <PressButton
            className="way"
            name="reprint"
            disabled={busy}
            onPress={() => onStep({ kind: "reprint" })}
          >
            <Text id="kiosk.staff.reprint" values={{ n: corner.lastNumber }} />
          </PressButton>
        )}
        <PressButton
          className="way"
          name="paper"
          disabled={busy}
          onPress={() => onStep({ kind: "paper" })}
        >
          <Text id="kiosk.staff.paper_changed" />
        </PressButton>
        <PressButton
          className="way"
          name="out-of-order"
          disabled={busy}
          onPress={() =>
            onStep({ kind: "outOfOrder", outOfOrder: !corner.outOfOrder })
          }
        >
          <Text
            id={
              corner.outOfOrder ? "kiosk.staff.put_back" : "kiosk.staff.take_out"
            }
          />
        </PressButton>
        <PressButton className="way" name="test" onPress={props.onTest}>
          <Text id="kiosk.staff.test" />
        </PressButton>
        <PressButton className="way" name="leave" onPress={props.onLeave}>
          <Text id="kiosk.staff.leave" />
        </PressButton>
      </div>
    </main>
  );
}
