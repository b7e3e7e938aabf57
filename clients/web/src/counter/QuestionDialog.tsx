import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { useContext, useState, type ReactNode } from "react";
import type { Ticket } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Ruby } from "../shared/Ruby";
import { LanguageContext, Text } from "../shared/Text";
import { localized } from "../shared/texts";
import {
  CaseCodes,
  CaseDeals,
  CaseResults,
  Told,
  UpstreamPresses,
  WhichCase,
  WrongPins,
} from "./cases/CaseQuestions";
import { AnswersForm } from "./cases/AnswersForm";
import { Choose, keyed, type Answering } from "./Choose";
import { Dialog } from "./Dialog";
import { deadlineOf } from "./FloorPanel";
import { TextField } from "./fields";
import { serviceName, type Floor } from "./floor";
import {
  EditForm,
  HoldForm,
  NumberForm,
  TransferForm,
  VisitorForm,
} from "./forms";
import { HelpDialog } from "./HelpDialog";
import { marksOf } from "./marks";
import {
  dealText,
  openCounters,
  readNumber,
  type Answers,
  type Question,
} from "./questions";
import { spoken } from "./sentence";
import type { Desk } from "./desk";
import { useText } from "./useText";
import {
  lastPart,
  nameOf,
  pauseReasons,
  showTime,
  sinceWhen,
  stateText,
} from "./words";

export interface Surroundings {
  readonly desk: Desk;
  readonly floor: Floor;
  /** As in `offices/honcho`. */
  readonly office: string;
  readonly outcomes: readonly string[];
  /** Where the office is, for the times shown. */
  readonly zone: string;
  readonly now: Timestamp | undefined;
}

/** What the clerk is asked now, over the page. */
export function QuestionDialog(props: {
  question: Question;
  around: Surroundings;
  onAnswer: <Kind extends Question["kind"]>(
    kind: Kind,
    answer: Answers[Kind],
  ) => void;
  onCancel: () => void;
}): ReactNode {
  const { question, around, onAnswer, onCancel } = props;
  const { floor, office, desk } = around;
  switch (question.kind) {
    case "confirm":
      return (
        <Confirm
          question={question}
          onYes={() => onAnswer("confirm", true)}
          onCancel={onCancel}
        />
      );
    case "number":
      return (
        <NumberForm
          heading={question.heading}
          onAnswer={(answer) => onAnswer("number", answer)}
          onCancel={onCancel}
        />
      );
    case "hold":
      return (
        <HoldForm
          number={question.number}
          onAnswer={(answer) => onAnswer("hold", answer)}
          onCancel={onCancel}
        />
      );
    case "transfer":
      return (
        <TransferForm
          number={question.number}
          floor={floor}
          office={office}
          own={desk.counter}
          onAnswer={(answer) => onAnswer("transfer", answer)}
          onCancel={onCancel}
        />
      );
    case "edit":
      return (
        <EditForm
          ticket={question.ticket}
          floor={floor}
          onAnswer={(answer) => onAnswer("edit", answer)}
          onCancel={onCancel}
        />
      );
    case "visitor":
      return (
        <VisitorForm
          floor={floor}
          onAnswer={(answer) => onAnswer("visitor", answer)}
          onCancel={onCancel}
        />
      );
    case "outcome":
      return (
        <Outcome
          number={question.number}
          outcomes={around.outcomes}
          onAnswer={(answer) => onAnswer("outcome", answer)}
          onCancel={onCancel}
        />
      );
    case "pause":
      return (
        <Pause
          onAnswer={(answer) => onAnswer("pause", answer)}
          onCancel={onCancel}
        />
      );
    case "counter":
      return (
        <WhichCounter
          number={question.number}
          floor={floor}
          onAnswer={(answer) => onAnswer("counter", answer)}
          onCancel={onCancel}
        />
      );
    case "ticket":
      return (
        <WhichTicket
          question={question}
          around={around}
          onAnswer={(answer) => onAnswer("ticket", answer)}
          onCancel={onCancel}
        />
      );
    case "deal":
      return (
        <WhatToDo
          question={question}
          around={around}
          onAnswer={(answer) => onAnswer("deal", answer)}
          onCancel={onCancel}
        />
      );
    case "case_answers":
      return (
        <AnswersForm
          question={question}
          onAnswer={(answer) => onAnswer("case_answers", answer)}
          onCancel={onCancel}
        />
      );
    case "case_deal":
      return (
        <CaseDeals
          choices={question.choices}
          onAnswer={(answer) => onAnswer("case_deal", answer)}
          onCancel={onCancel}
        />
      );
    case "case_result":
      return (
        <CaseResults
          onAnswer={(answer) => onAnswer("case_result", answer)}
          onCancel={onCancel}
        />
      );
    case "case_code":
      return (
        <CaseCodes
          of={question.of}
          onAnswer={(answer) => onAnswer("case_code", answer)}
          onCancel={onCancel}
        />
      );
    case "wrong_pin":
      return (
        <WrongPins
          onAnswer={(answer) => onAnswer("wrong_pin", answer)}
          onCancel={onCancel}
        />
      );
    case "case":
      return (
        <WhichCase
          cases={question.cases}
          zone={around.zone}
          onAnswer={(answer) => onAnswer("case", answer)}
          onCancel={onCancel}
        />
      );
    case "upstream":
      return (
        <UpstreamPresses
          onAnswer={(answer) => onAnswer("upstream", answer)}
          onCancel={onCancel}
        />
      );
    case "told":
      return (
        <Told
          question={question}
          onClose={onCancel}
        />
      );
    case "help":
      return (
        <HelpDialog desk={desk} outcomes={around.outcomes} onClose={onCancel} />
      );
  }
}

/** Yes or no: no has the focus, and is what Escape means. */
function Confirm(props: {
  question: Extract<Question, { kind: "confirm" }>;
  onYes: () => void;
  onCancel: () => void;
}): ReactNode {
  const { question, onYes, onCancel } = props;
  const language = useContext(LanguageContext);
  return (
    <Dialog
      kind="confirm"
      heading={spoken(question.text, language)}
      onCancel={onCancel}
      onKey={(key) => {
        if (key === "y") onYes();
        if (key === "n") onCancel();
      }}
    >
      <div className="form-end">
        <button type="button" data-first data-answer="no" onClick={onCancel}>
          <kbd aria-hidden="true">n</kbd>
          <span>
            <Text id={question.no} />
          </span>
        </button>
        <button
          type="button"
          className="form-ok"
          data-answer="yes"
          onClick={onYes}
        >
          <kbd aria-hidden="true">y</kbd>
          <span>
            <Text id={question.yes} />
          </span>
        </button>
      </div>
    </Dialog>
  );
}

function Outcome(
  props: Answering<string> & { number: string; outcomes: readonly string[] },
): ReactNode {
  const text = useText();
  const language = useContext(LanguageContext);
  const [code, setCode] = useState("");
  return (
    <Choose
      kind="outcome"
      heading={text("counter.form_outcome", { n: props.number })}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        props.outcomes.map((outcome) => ({
          value: outcome,
          label: <Ruby text={nameOf("outcome", outcome, language)} />,
        })),
      )}
      after={
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (code.trim() !== "") props.onAnswer(code.trim());
          }}
        >
          <TextField
            label="counter.form_outcome_other"
            value={code}
            onChange={setCode}
          />
        </form>
      }
    />
  );
}

function Pause(props: Answering<string>): ReactNode {
  const text = useText();
  const language = useContext(LanguageContext);
  return (
    <Choose
      kind="pause"
      heading={text("counter.form_pause")}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        pauseReasons.map((reason) => ({
          value: reason,
          label: <Ruby text={nameOf("pause_reason", reason, language)} />,
        })),
      )}
    />
  );
}

function WhichCounter(
  props: Answering<string> & { number: string; floor: Floor },
): ReactNode {
  const text = useText();
  const language = useContext(LanguageContext);
  const counters = openCounters(props.floor);
  return (
    <Choose
      kind="counter"
      heading={text("counter.form_designate", { n: props.number })}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      before={
        counters.length === 0 && (
          <p>
            <Text id="counter.form_counter_none" />
          </p>
        )
      }
      choices={counters.map((counter) => {
        const id = lastPart(counter.name);
        const label = <Ruby text={localized(counter.label, language) || id} />;
        // A counter is chosen by its own number, not by its place in the list.
        return /^[1-9]$/.test(id)
          ? { value: id, key: id, label }
          : { value: id, label };
      })}
    />
  );
}

/** From here on a list is searched rather than read. */
const filterFrom = 9;
/** Nobody reads more, and a browser would take its time to draw them. */
const ticketsShown = 100;

function WhichTicket(
  props: Answering<Ticket> & {
    question: Extract<Question, { kind: "ticket" }>;
    around: Surroundings;
  },
): ReactNode {
  const { question, around, onAnswer, onCancel } = props;
  const text = useText();
  const [typed, setTyped] = useState("");
  const wanted = readNumber(typed);
  const found = question.tickets.filter((ticket) =>
    ticket.number.includes(wanted),
  );
  const hidden = found.length - ticketsShown;
  const tickets = found.slice(0, ticketsShown);
  return (
    <Choose
      kind="ticket"
      heading={text(question.heading)}
      onAnswer={onAnswer}
      onCancel={onCancel}
      before={
        question.tickets.length >= filterFrom && (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              const [only] = found.length === 1 ? found : [];
              const chosen =
                found.find((ticket) => ticket.number === wanted) ?? only;
              if (chosen !== undefined) onAnswer(chosen);
            }}
          >
            <TextField
              first
              label="counter.form_filter"
              value={typed}
              onChange={setTyped}
            />
          </form>
        )
      }
      choices={tickets.map((ticket) => ({
        value: ticket,
        number: ticket.number,
        label: <TicketLine ticket={ticket} around={around} />,
      }))}
      after={
        hidden > 0 && (
          <p>
            <Text id="counter.form_more" values={{ k: hidden }} />
          </p>
        )
      }
    />
  );
}

function WhatToDo(
  props: Answering<Answers["deal"]> & {
    question: Extract<Question, { kind: "deal" }>;
    around: Surroundings;
  },
): ReactNode {
  const { question, around, onAnswer, onCancel } = props;
  const { ticket } = question;
  const text = useText();
  return (
    <Choose
      kind="deal"
      heading={text("counter.deal_heading", { n: ticket.number })}
      onAnswer={onAnswer}
      onCancel={onCancel}
      before={
        <p>
          <TicketLine ticket={ticket} around={around} />
        </p>
      }
      choices={keyed(
        question.choices.map((deal) => ({
          value: deal,
          label: <Text id={dealText(deal, ticket)} />,
        })),
      )}
    />
  );
}

/** A ticket in a list: number, state and since when, where, what for, marks. */
function TicketLine(props: {
  ticket: Ticket;
  around: Surroundings;
}): ReactNode {
  const { ticket, around } = props;
  const language = useContext(LanguageContext);
  const state = stateText(ticket.state);
  const deadline = ticket.hold !== undefined && deadlineOf(ticket, around.now);
  return (
    <span className="ticket-line">
      <b>{ticket.number}</b>
      <span>{state !== undefined && <Text id={state} />}</span>
      <span>
        {deadline === false ? (
          <Text
            id="counter.time_since"
            values={{ time: showTime(sinceWhen(ticket), around.zone) }}
          />
        ) : (
          <Text id={deadline.id} values={deadline.values} />
        )}
      </span>
      <span>
        {ticket.hold !== undefined && (
          <>
            <Ruby text={nameOf("hold_reason", ticket.hold.reason, language)} />{" "}
            {ticket.hold.owner}{" "}
          </>
        )}
        {ticket.counter !== "" && (
          <Text id="counter.title" values={{ c: lastPart(ticket.counter) }} />
        )}
      </span>
      <span className="ticket-line-service">
        <Ruby text={serviceName(around.floor, ticket.service, language)} />
        {marksOf(ticket).map(({ id, values }) => (
          <span key={id} className="mark">
            <Text id={id} values={values} />
          </span>
        ))}
      </span>
    </span>
  );
}
