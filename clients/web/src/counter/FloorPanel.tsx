import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { useContext, type ReactNode } from "react";
import {
  Counter_Activity,
  type Counter,
  type Ticket,
} from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized, type TextId, type TextValues } from "../shared/texts";
import { Clock } from "./Clock";
import { waitingCount, type Floor } from "./floor";
import { keyOf, type Command } from "./keys";
import {
  lastPart,
  nameOf,
  secondsBetween,
  showClock,
  sinceWhen,
  stateText,
} from "./words";

/** More would push the counters off the screen; the key shows them all. */
const parkedShown = 5;
const missedShown = 12;

/** What goes on in the office: who waits, who is away, what each counter does. */
export function FloorPanel(props: {
  floor: Floor;
  /** The counter of this terminal. */
  own: string;
  now: Timestamp | undefined;
  /** Office time of the lists, as shown, if they are old. */
  staleSince: string | undefined;
  onPress: (command: Command) => void;
  onTicket: (ticket: Ticket) => void;
}): ReactNode {
  const { floor, own, now, staleSince, onPress, onTicket } = props;
  const lists = floor.lists;
  return (
    <div className="floor" data-stale={staleSince !== undefined || undefined}>
      {staleSince !== undefined && (
        <p className="floor-stale">
          <Text id="counter.floor_stale" values={{ time: staleSince }} />
        </p>
      )}
      <Waiting floor={floor} />
      <section className="floor-counters" aria-labelledby="counters-heading">
        <h2 id="counters-heading">
          <Text id="counter.floor_counters" />
        </h2>
        {lists === undefined ? (
          <Unknown />
        ) : (
          <ul>
            {lists.counters.map((counter) => (
              <CounterRow
                key={counter.name}
                counter={counter}
                isOwn={lastPart(counter.name) === own}
                now={now}
              />
            ))}
          </ul>
        )}
      </section>
      <Away
        command="parked"
        tickets={lists?.parked}
        shown={parkedShown}
        onPress={onPress}
      >
        {(ticket) => (
          <ParkedButton ticket={ticket} now={now} onTicket={onTicket} />
        )}
      </Away>
      <Away
        command="missed"
        tickets={lists?.missed}
        shown={missedShown}
        onPress={onPress}
      >
        {(ticket) => (
          <button
            type="button"
            data-number={ticket.number}
            onClick={() => onTicket(ticket)}
          >
            {ticket.number}
          </button>
        )}
      </Away>
    </div>
  );
}

function Waiting({ floor }: { floor: Floor }): ReactNode {
  const language = useContext(LanguageContext);
  return (
    <section className="floor-waiting" aria-labelledby="waiting-heading">
      <h2 id="waiting-heading">
        <span>
          <Text
            id="counter.floor_waiting"
            values={{ k: waitingCount(floor) }}
          />
        </span>
      </h2>
      {floor.services.length === 0 && <Unknown />}
      <ul>
        {floor.services.map((service) => (
          <li
            key={service.service}
            data-service={service.service}
            data-none={service.waitingCount === 0 || undefined}
          >
            <span className="floor-name">
              <Ruby
                text={
                  localized(service.displayName, language) || service.service
                }
              />
            </span>
            <span className="floor-count">
              <Text
                id="counter.floor_people"
                values={{ k: service.waitingCount }}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CounterRow(props: {
  counter: Counter;
  isOwn: boolean;
  now: Timestamp | undefined;
}): ReactNode {
  const { counter, isOwn, now } = props;
  const language = useContext(LanguageContext);
  return (
    <li
      data-counter={lastPart(counter.name)}
      data-open={counter.open || undefined}
      aria-current={isOwn || undefined}
    >
      <span className="floor-name">
        <Ruby
          text={localized(counter.label, language) || lastPart(counter.name)}
        />
      </span>
      <span className="floor-doing">
        {counter.open ? (
          <Doing counter={counter} now={now} />
        ) : (
          <Text id="counter.status_closed" />
        )}
      </span>
      <span className="floor-staff">
        {counter.staff}
        {counter.ownWaitingCount > 0 && (
          <>
            {" "}
            <Text
              id="counter.floor_own"
              values={{ k: counter.ownWaitingCount }}
            />
          </>
        )}
      </span>
    </li>
  );
}

function Doing(props: {
  counter: Counter;
  now: Timestamp | undefined;
}): ReactNode {
  const { counter, now } = props;
  const language = useContext(LanguageContext);
  if (counter.ticket !== undefined) {
    const state = stateText(counter.ticket.state);
    return (
      <>
        <b>{counter.ticket.number}</b>{" "}
        {state !== undefined && <Text id={state} />}{" "}
        <Clock seconds={secondsBetween(sinceWhen(counter.ticket), now)} />
      </>
    );
  }
  const clock = (
    <Clock seconds={secondsBetween(counter.activityStartTime, now)} />
  );
  switch (counter.activity) {
    case Counter_Activity.PAUSED:
      return (
        <>
          <Text id="counter.status_paused" /> (
          <Ruby
            text={nameOf("pause_reason", counter.activityReason, language)}
          />
          ) {clock}
        </>
      );
    case Counter_Activity.WRAP_UP:
      return (
        <>
          <Text id="counter.status_wrap_up" /> {clock}
        </>
      );
    default:
      return <Text id="counter.status_free" />;
  }
}

/** A ticket on hold: how long it still may be away, whose it is, and why. */
export function ParkedButton(props: {
  ticket: Ticket;
  now: Timestamp | undefined;
  onTicket: (ticket: Ticket) => void;
}): ReactNode {
  const { ticket, now, onTicket } = props;
  const language = useContext(LanguageContext);
  const { id, values, overdue } = deadlineOf(ticket, now);
  return (
    <button
      type="button"
      className="parked"
      data-number={ticket.number}
      data-overdue={overdue || undefined}
      onClick={() => onTicket(ticket)}
    >
      <b>{ticket.number}</b>
      <span className="parked-deadline">
        {overdue && <span aria-hidden="true">⚠ </span>}
        <Text id={id} values={values} />
      </span>
      <span className="parked-why">
        <Ruby
          text={nameOf("hold_reason", ticket.hold?.reason ?? "", language)}
        />
      </span>
      <span className="parked-owner">
        {ticket.hold?.owner}{" "}
        <Text
          id="counter.title"
          values={{ c: lastPart(ticket.hold?.counter ?? "") }}
        />
      </span>
    </button>
  );
}

/** How long a ticket on hold still may be away, or for how long it is overdue. */
export function deadlineOf(
  ticket: Ticket,
  now: Timestamp | undefined,
): { id: TextId; values: TextValues; overdue: boolean } {
  const deadline = ticket.hold?.deadlineTime;
  const overdue =
    now !== undefined &&
    deadline !== undefined &&
    now.seconds > deadline.seconds;
  const seconds = overdue
    ? secondsBetween(deadline, now)
    : secondsBetween(now, deadline);
  return {
    id: overdue ? "counter.floor_overdue" : "counter.floor_left",
    values: { time: showClock(seconds) },
    overdue,
  };
}

/** Those who are away in one way, with the key that lists them all. */
function Away(props: {
  command: "parked" | "missed";
  /** Undefined until the first look. */
  tickets: readonly Ticket[] | undefined;
  /** How many have room. */
  shown: number;
  onPress: (command: Command) => void;
  children: (ticket: Ticket) => ReactNode;
}): ReactNode {
  const { command, tickets, shown, onPress, children } = props;
  const heading = `${command}-heading`;
  return (
    <section className={`floor-${command}`} aria-labelledby={heading}>
      <Heading
        id={heading}
        text={`counter.floor_${command}`}
        count={tickets?.length}
        command={command}
        onPress={onPress}
      />
      {tickets === undefined && <Unknown />}
      <ul>
        {tickets?.slice(0, shown).map((ticket) => (
          <li key={ticket.name}>{children(ticket)}</li>
        ))}
      </ul>
      <More count={(tickets?.length ?? 0) - shown} command={command} />
    </section>
  );
}

function Heading(props: {
  id: string;
  text: "counter.floor_parked" | "counter.floor_missed";
  count: number | undefined;
  command: "parked" | "missed";
  onPress: (command: Command) => void;
}): ReactNode {
  const { id, text, count, command, onPress } = props;
  const key = keyOf(command);
  return (
    <h2 id={id}>
      <span>
        <Text id={text} values={{ k: count ?? "–" }} />
      </span>
      <button
        type="button"
        className="list-button"
        data-command={command}
        aria-keyshortcuts={key}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onPress(command)}
      >
        <kbd aria-hidden="true">{key}</kbd>
        <span>
          <Text id={`command.${command}`} />
        </span>
      </button>
    </h2>
  );
}

function More({
  count,
  command,
}: {
  count: number;
  command: Command;
}): ReactNode {
  if (count <= 0) return null;
  return (
    <p className="floor-more">
      <Text
        id="counter.floor_more"
        values={{ k: count, key: keyOf(command) }}
      />
    </p>
  );
}

function Unknown(): ReactNode {
  return (
    <p>
      <Text id="counter.floor_unknown" />
    </p>
  );
}
