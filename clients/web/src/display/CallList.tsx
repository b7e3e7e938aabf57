import { useRef, type CSSProperties, type ReactNode } from "react";
import type { Call } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Text } from "../shared/Text";
import type { TextId } from "../shared/texts";
import { Arrow } from "./Arrow";
import { Bilingual } from "./Bilingual";
import type { BoardView } from "./board";
import { arrowTo, type BoardSettings } from "./board_settings";
import { labelOf, type Hall } from "./hall";
import { PageNumber } from "./PageNumber";
import { callsPageAt } from "./pages";
import { Sign } from "./Sign";
import { useRoom } from "./use_room";

/** Digits of a twelfth of the window's height and the air around them, in vh. */
const rowHeight = 12.2;

/** The numbers that were called and where they go, the newest on top. */
export function CallList(props: {
  view: BoardView;
  settings: BoardSettings;
}): ReactNode {
  const { view, settings } = props;
  const { hall, marked } = view;
  const list = useRef<HTMLOListElement>(null);
  const room = useRoom(list, rowHeight, "vh");
  const page = callsPageAt(hall.calls, room, view.turn);
  const longest = (text: (call: Call) => string, atLeast: number) =>
    Math.max(atLeast, ...page.items.map((call) => text(call).length));
  const number = longest((call) => call.number, 3);
  const counter = longest((call) => call.counter, 1);
  return (
    <section
      className="calls"
      aria-labelledby="calls-title"
      style={
        {
          "--number": number,
          "--characters": number + counter,
        } as CSSProperties
      }
    >
      <header className="calls-head">
        <h2 id="calls-title" className="visually-hidden">
          <Text id="display.now_calling" />
        </h2>
        <span className="calls-ticket">
          <Bilingual id="display.ticket" />
        </span>
        <span className="calls-counter">
          <Bilingual id="display.counter" />
        </span>
        <PageNumber page={page} />
      </header>
      <ol
        ref={list}
        className="calls-list"
        style={{ "--rows": room } as CSSProperties}
      >
        {page.items.map((call) => (
          <Row
            key={call.number}
            call={call}
            hall={hall}
            settings={settings}
            isNew={marked.has(call.number) && call.state === State.CALLED}
          />
        ))}
      </ol>
      {hall.started && page.items.length === 0 && (
        <p className="calls-none">
          <Bilingual id="display.nobody_called" />
        </p>
      )}
      {!hall.started && view.liveness.kind === "connecting" && (
        <p className="calls-none">
          <Bilingual id="state.connecting" />
        </p>
      )}
    </section>
  );
}

function Row(props: {
  call: Call;
  hall: Hall;
  settings: BoardSettings;
  isNew: boolean;
}): ReactNode {
  const { call, hall, settings, isNew } = props;
  return (
    <li
      className="call"
      data-number={call.number}
      data-counter={call.counter}
      data-state={State[call.state]}
      data-new={isNew}
      data-pickup={call.pickup}
    >
      <span className="call-number">{call.number}</span>
      <Arrow
        direction={arrowTo(settings, call.counter)}
        pickup={call.pickup}
      />
      <Sign counter={call.counter} label={labelOf(hall, call.counter)} />
      <Mark call={call} isNew={isNew} />
    </li>
  );
}

/** What is to be said of a call in words: one thing, the most telling. */
function Mark(props: { call: Call; isNew: boolean }): ReactNode {
  const id = markOf(props.call, props.isNew);
  return (
    id !== undefined && (
      <span className="mark" data-mark={id}>
        <Bilingual id={id} />
      </span>
    )
  );
}

function markOf(call: Call, isNew: boolean): TextId | undefined {
  switch (call.state) {
    case State.SERVING:
      return "display.serving";
    case State.COMPLETED:
      return "display.completed";
    default:
      if (call.pickup) return "display.pickup_mark";
      if (!isNew) return undefined;
      return call.recallCount > 0
        ? "display.recall_mark"
        : "display.just_called";
  }
}
