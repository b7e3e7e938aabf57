import {
  useContext,
  useEffect,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { Ticket_State } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Ruby } from "../shared/Ruby";
import { StateLine } from "../shared/StateLine";
import { LanguageContext, Text } from "../shared/Text";
import { localized, type Language } from "../shared/texts";
import { buttonsOf } from "./buttons";
import { CasePanel } from "./cases/CasePanel";
import { currentCase, nextMove } from "./cases/board";
import { moveName } from "./cases/names";
import { UpstreamLine } from "./cases/UpstreamLine";
import type { Desk } from "./desk";
import { isTextField } from "./Dialog";
import { areListsStale, officeClock } from "./floor";
import { FloorPanel } from "./FloorPanel";
import { keyOf, readKey, type Command } from "./keys";
import { LanguageSwitch } from "./LanguageSwitch";
import { FinishPrompt, UndoOffer } from "./Prompts";
import { QuestionDialog } from "./QuestionDialog";
import { sentenceOf, spoken } from "./sentence";
import { StepButton } from "./StepButton";
import type { Terminal, View, Workplace } from "./terminal";
import { TicketCard } from "./TicketCard";
import { useText } from "./useText";
import { nameOf, showTime } from "./words";

/** A clerk's counter. */
export function CounterPage(props: {
  terminal: Terminal;
  workplace: Workplace;
  /** Where the office is, for the times shown. */
  zone: string;
  onLanguage: (language: Language) => void;
  /** Leaves for another counter; only while this one is not open here. */
  onLeave: () => void;
}): ReactNode {
  const { terminal, workplace, zone, onLanguage, onLeave } = props;
  const view = useSyncExternalStore(terminal.subscribe, terminal.view);
  const language = useContext(LanguageContext);
  const text = useText();
  const { board, desk, floor, liveness } = view;
  const move = nextMove(board, desk.ticket);
  const hasCases = move !== undefined || currentCase(board) !== undefined;
  const now = officeClock(floor, view.now);
  const lost = liveness.kind === "lost";
  const buttons = buttonsOf(desk);
  // What the large button does without a case, and what else there is of one.
  const visit: Command[] = [
    ...(hasCases ? (["case_other"] as const) : []),
    ...(move !== undefined && desk.ticket !== undefined ? [buttons.next] : []),
    ...buttons.visit,
  ];
  const title = text("counter.title", { c: workplace.counter });

  useEffect(() => listenToKeys(terminal), [terminal]);
  useEffect(() => {
    document.title =
      desk.ticket === undefined ? title : `${desk.ticket.number} ${title}`;
  }, [title, desk.ticket]);

  const press = (command: Command) =>
    void terminal.press({ command }, `button:${command}`);
  // The large button stays where it is and means something else each time.
  const pressNext = (command: Command) =>
    void terminal.press({ command }, "button:next");

  return (
    <div
      className="counter"
      data-stale={lost || undefined}
      data-case={board.cases.length > 0 || undefined}
    >
      <header>
        <h1>
          <Text id="counter.title" values={{ c: workplace.counter }} />
        </h1>
        <p className="who">
          <span className="who-staff">{workplace.staff}</span>
          <span className="who-office">
            <Ruby text={localized(floor.officeName, language)} />
          </span>
        </p>
        <time className="office-clock">{showTime(now, zone)}</time>
        <LanguageSwitch onLanguage={onLanguage} />
        <button
          type="button"
          className="step help"
          data-command="help"
          aria-keyshortcuts="?"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => press("help")}
        >
          <kbd aria-hidden="true">?</kbd>
          <span>
            <Text id="counter.help_button" />
          </span>
        </button>
      </header>
      <main>
        <TicketCard desk={desk} floor={floor} now={now}>
          <UndoOffer desk={desk} now={view.now} onUndo={() => press("undo")} />
        </TicketCard>
        <FinishPrompt desk={desk} now={now} />
        <CasePanel board={board} />
        <section className="steps" aria-label={text("counter.panel_steps")}>
          <StepButton
            command={move === undefined ? buttons.next : "case"}
            desk={desk}
            kind="next"
            words={move && moveName(move, language)}
            onPress={pressNext}
          />
          {desk.ticket?.state === Ticket_State.SERVING && move === undefined && (
            <Outcomes
              terminal={terminal}
              desk={desk}
              outcomes={workplace.outcomes}
              onPress={press}
            />
          )}
          {visit.length > 0 && (
            <div className="step-row" data-group="visit">
              {visit.map((command) => (
                <StepButton
                  key={command}
                  command={command}
                  desk={desk}
                  kind="other"
                  onPress={press}
                />
              ))}
            </div>
          )}
          <div className="step-row" data-group="counter">
            {buttons.counter.map((command) => (
              <StepButton
                key={command}
                command={command}
                desk={desk}
                kind="other"
                onPress={press}
              />
            ))}
            {!desk.open && (
              <button
                type="button"
                className="step"
                data-leave
                onClick={onLeave}
              >
                <span>
                  <Text id="counter.workplace_change" />
                </span>
              </button>
            )}
          </div>
        </section>
        <UpstreamLine
          board={board}
          counter={workplace.counter}
          zone={zone}
          onPress={(one) => void terminal.report(one)}
          onParked={() => press("cases_parked")}
        />
        <Messages view={view} />
      </main>
      <aside aria-label={text("counter.floor")}>
        <FloorPanel
          floor={floor}
          own={workplace.counter}
          now={now}
          staleSince={
            lost || areListsStale(floor, view.now)
              ? showTime(floor.lists?.officeTime, zone, true) || undefined
              : undefined
          }
          onPress={press}
          onTicket={(ticket) => void terminal.dealWith(ticket)}
        />
      </aside>
      <StateLine
        liveness={liveness}
        lastRight={showTime(floor.officeTime, zone, true)}
        lost="counter.connection_lost"
        unreachable="counter.connection_none"
      >
        {liveness.kind === "lost" && liveness.refusal !== undefined && (
          <span>
            <Ruby text={spoken(sentenceOf(liveness.refusal), language)} />
          </span>
        )}
      </StateLine>
      {view.question !== undefined && (
        <QuestionDialog
          key={view.question.kind}
          question={view.question}
          around={{
            desk,
            floor,
            office: workplace.office,
            outcomes: workplace.outcomes,
            zone,
            now,
          }}
          onAnswer={(kind, answer) => terminal.answer(kind, answer)}
          onCancel={() => terminal.cancel()}
        />
      )}
    </div>
  );
}

/** What the digits stand for. */
function Outcomes(props: {
  terminal: Terminal;
  desk: Desk;
  outcomes: readonly string[];
  onPress: (command: Command) => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const text = useText();
  return (
    <div
      className="step-row"
      role="group"
      data-group="outcomes"
      aria-label={text("counter.panel_outcomes")}
    >
      {props.outcomes.slice(0, 9).map((outcome, index) => (
        <button
          key={outcome}
          type="button"
          className="step"
          data-outcome={outcome}
          aria-keyshortcuts={String(index + 1)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() =>
            void props.terminal.press(
              { command: "outcome", place: index + 1 },
              `button:outcome-${outcome}`,
            )
          }
        >
          <kbd aria-hidden="true">{index + 1}</kbd>
          <span>
            <Ruby text={nameOf("outcome", outcome, language)} />
          </span>
        </button>
      ))}
      <StepButton
        command="complete_as"
        desk={props.desk}
        kind="other"
        onPress={props.onPress}
      />
    </div>
  );
}

/** What was said of the last press; read out once. */
function Messages({ view }: { view: View }): ReactNode {
  const language = useContext(LanguageContext);
  const text = useText();
  return (
    <div className="messages">
      <div role="status" aria-label={text("counter.panel_messages")}>
        {view.said.map((sentence, index) => (
          <p key={`${view.presses}-${index}`}>
            <Ruby text={spoken(sentence, language)} />
          </p>
        ))}
      </div>
      {view.sending !== "no" && (
        <p className="sending">
          <Text
            id={
              view.sending === "repeated"
                ? "counter.repeating"
                : "counter.sending"
            }
          />
        </p>
      )}
    </div>
  );
}

/** Takes the keys of the page to `terminal`. Returns how to end that. */
function listenToKeys(terminal: Terminal): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    // A question has the keys to itself; a field of text too.
    if (event.defaultPrevented || terminal.view().question !== undefined)
      return;
    if (isTextField(event.target)) return;
    // Space on a button that was reached with Tab presses that button.
    const onButton = event.target instanceof HTMLButtonElement;
    if (onButton && (event.key === " " || event.key === "Enter")) return;
    const press = readKey(event);
    if (press === undefined) return;
    // Space would scroll, and a slash would search the page.
    event.preventDefault();
    const key = press.place ?? keyOf(press.command);
    void terminal.press(press, `key:${key}`);
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
