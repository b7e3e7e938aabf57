import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { useContext, type ReactNode } from "react";
import {
  Counter_Activity,
  Ticket_State,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized } from "../shared/texts";
import type { Desk } from "./desk";
import { Clock } from "./Clock";
import { serviceName, waitingCount, type Floor } from "./floor";
import { marksOf } from "./marks";
import {
  lastPart,
  nameOf,
  secondsBetween,
  showClock,
  stateText,
  waitedMinutes,
} from "./words";

/** What goes on at the counter: who is there, or why nobody is. */
export function TicketCard(props: {
  desk: Desk;
  floor: Floor;
  now: Timestamp | undefined;
  /** What else belongs there. */
  children?: ReactNode;
}): ReactNode {
  const { desk, floor, now, children } = props;
  const { ticket } = desk;
  return (
    <section
      className="card"
      aria-labelledby="card-heading"
      data-state={stateOf(desk)}
      data-number={ticket?.number ?? ""}
    >
      <h2 id="card-heading" className="visually-hidden">
        <Text id="counter.panel_ticket" />
      </h2>
      {ticket === undefined ? (
        <WithoutTicket desk={desk} floor={floor} now={now} />
      ) : (
        <WithTicket ticket={ticket} desk={desk} floor={floor} now={now} />
      )}
      {children}
    </section>
  );
}

function WithTicket(props: {
  ticket: Ticket;
  desk: Desk;
  floor: Floor;
  now: Timestamp | undefined;
}): ReactNode {
  const { ticket, desk, floor, now } = props;
  const language = useContext(LanguageContext);
  const serving = ticket.state === Ticket_State.SERVING;
  const since = serving ? ticket.servingStartTime : ticket.callTime;
  const state = stateText(ticket.state);
  const before = Number(ticket.servedDuration?.seconds ?? 0n);
  return (
    <>
      <p className="card-state">
        <span className="card-icon" aria-hidden="true">
          {serving ? "●" : "◉"}
        </span>
        <span>{state !== undefined && <Text id={state} />}</span>
        <Clock seconds={secondsBetween(since, now)} />
      </p>
      <p className="card-number">
        <span className="card-noun">
          <Text id="counter.number_noun" />
        </span>
        <strong>{ticket.number}</strong>
      </p>
      <p className="card-service">
        <Ruby text={serviceName(floor, ticket.service, language)} />
      </p>
      <ul className="facts">
        {!ticket.unqueued && (
          <li>
            <Text
              id="counter.fact_waited"
              values={{ m: waitedMinutes(ticket) }}
            />
          </li>
        )}
        <li data-foreign={ticket.language !== "ja" || undefined}>
          <Text
            id="counter.fact_language"
            values={{ language: nameOf("language", ticket.language, language) }}
          />
        </li>
        {before > 0 && (
          <li>
            <Text
              id="counter.fact_before"
              values={{ time: showClock(before) }}
            />
          </li>
        )}
        {marksOf(ticket).map(({ id, values }) => (
          <li key={id} className="mark">
            <Text id={id} values={values} />
          </li>
        ))}
      </ul>
      {ticket.nextServices.length > 0 && (
        <p className="card-then">
          <b>
            <Text id="counter.fact_next" />
          </b>{" "}
          <Ruby
            text={ticket.nextServices
              .map((service) => serviceName(floor, service, language))
              .join(" → ")}
          />
        </p>
      )}
      {ticket.note !== "" && (
        <p className="card-note">
          <b>
            <Text id="counter.fact_note" />
          </b>{" "}
          {ticket.note}
        </p>
      )}
      {desk.reason !== undefined && desk.reason.ja !== "" && (
        <p className="card-why">
          <Text id="counter.fact_why" />:{" "}
          <Ruby text={localized(desk.reason, language)} />
        </p>
      )}
    </>
  );
}

function WithoutTicket(props: {
  desk: Desk;
  floor: Floor;
  now: Timestamp | undefined;
}): ReactNode {
  const { desk, floor, now } = props;
  const language = useContext(LanguageContext);
  if (!desk.open) {
    const there = floor.lists?.counters.find(
      (counter) => lastPart(counter.name) === desk.counter,
    );
    return (
      <>
        <p className="card-word">
          <Text
            id={
              desk.takenOver
                ? "counter.status_taken_over"
                : "counter.status_closed"
            }
          />
        </p>
        {there?.open === true && (
          <p className="card-service">
            <Text
              id="counter.status_busy_elsewhere"
              values={{ staff: there.staff }}
            />
            {there.ticket !== undefined && ` (${there.ticket.number})`}
          </p>
        )}
        <p>
          <Text id="counter.status_opens_by_press" />
        </p>
      </>
    );
  }
  const clock = desk.activityStartTime !== undefined && (
    <Clock seconds={secondsBetween(desk.activityStartTime, now)} />
  );
  switch (desk.activity) {
    case Counter_Activity.PAUSED:
      return (
        <>
          <p className="card-word">
            <Text id="counter.status_paused" />
          </p>
          <p className="card-service">
            <Ruby
              text={nameOf("pause_reason", desk.activityReason, language)}
            />{" "}
            {clock}
          </p>
        </>
      );
    case Counter_Activity.WRAP_UP:
      return (
        <>
          <p className="card-word">
            <Text id="counter.status_wrap_up" />
          </p>
          <p className="card-service">{clock}</p>
        </>
      );
    default:
      return (
        <>
          <p className="card-word">
            <Text id="counter.status_free" />
          </p>
          <p className="card-service">
            <Text
              id="counter.floor_waiting"
              values={{ k: waitingCount(floor) }}
            />
          </p>
        </>
      );
  }
}

/** For the style sheet and for tests. */
function stateOf(desk: Desk): string {
  if (!desk.open) return desk.takenOver ? "taken_over" : "closed";
  if (desk.ticket !== undefined) {
    return desk.ticket.state === Ticket_State.SERVING ? "serving" : "called";
  }
  switch (desk.activity) {
    case Counter_Activity.PAUSED:
      return "paused";
    case Counter_Activity.WRAP_UP:
      return "wrap_up";
    default:
      return "free";
  }
}
