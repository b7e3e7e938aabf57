import { useEffect, useState, type ReactNode } from "react";
import {
  KioskUpdate_Hindrance as Hindrance,
  KioskUpdate_Medium as Medium,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { Ruby } from "../shared/Ruby";
import { StateLine } from "../shared/StateLine";
import { LanguageContext, Text } from "../shared/Text";
import { withoutReadings } from "../shared/ruby";
import {
  htmlLanguage,
  languages,
  localized,
  textOf,
  type Language,
} from "../shared/texts";
import { AdvicePage } from "./AdvicePage";
import { ChoosePage } from "./ChoosePage";
import { clockOf } from "./clock";
import { ConfirmPage } from "./ConfirmPage";
import { CornerDoor } from "./CornerDoor";
import { IssuingPage } from "./IssuingPage";
import { isWarning, obstacleOf, type KioskState } from "./kiosk_state";
import { MessagePage } from "./MessagePage";
import { NumberPage } from "./NumberPage";
import { PressButton } from "./PressButton";
import { RefusalText } from "./RefusalText";
import { ScreenTest } from "./ScreenTest";
import { ServiceTiles } from "./ServiceTiles";
import { StaffKeyPage } from "./StaffKeyPage";
import { StaffPage } from "./StaffPage";
import { TriagePage } from "./TriagePage";
import { useKiosk, type Kiosk as Machine, type KioskWorld } from "./useKiosk";
import { printerWords, stuckWords, whyOf } from "./words";

/** The screen of a ticket machine, for visitors and for staff. */
export function Kiosk(props: { world: KioskWorld; greeting: Language }): ReactNode {
  const machine = useKiosk(props.world, props.greeting);
  const { state } = machine;
  const { language, step, update } = state;

  useEffect(() => {
    document.documentElement.lang = htmlLanguage(language);
    document.title = withoutReadings(textOf(language, "kiosk.title"));
  }, [language]);

  if (step.kind === "test") {
    return (
      <LanguageContext value={language}>
        <ScreenTest onEnd={() => machine.tap({ kind: "test" })} />
      </LanguageContext>
    );
  }
  const time = clockOf(update?.officeTime, update?.timeZone ?? "");
  return (
    <LanguageContext value={language}>
      <div className="kiosk">
        <header className="bar">
          <p className="bar-office">
            <Ruby text={localized(update?.officeName, language)} />
          </p>
          <p className="bar-clock">{time}</p>
          <nav
            className="bar-languages"
            aria-label={withoutReadings(textOf(language, "kiosk.languages"))}
          >
            {languages.map((each) => (
              <PressButton
                key={each}
                className="language"
                name={`language-${each}`}
                current={each === language}
                lang={htmlLanguage(each)}
                onPress={() => machine.tap({ kind: "language", language: each })}
              >
                {textOf(each, "start.own_language")}
              </PressButton>
            ))}
          </nav>
        </header>
        {/* A step begins at its top: what was there before does not stay. */}
        <StepView key={step.kind} machine={machine} />
        {isWarning(state) && <Warning seconds={state.secondsLeft ?? 0} />}
        <StateLine
          liveness={state.liveness}
          lastRight={time}
          lost="kiosk.lost"
          unreachable="kiosk.why_lost"
        />
        <CornerDoor
          label={withoutReadings(textOf(language, "kiosk.staff.title"))}
          onOpen={machine.openDoor}
        />
      </div>
    </LanguageContext>
  );
}

/** Says once, aloud, and counts, in silence. */
function Warning(props: { seconds: number }): ReactNode {
  return (
    <aside className="warning">
      <p className="visually-hidden" role="alert">
        <Text id="kiosk.start_over_soon" />
      </p>
      <p role="timer" aria-live="off">
        <Text id="kiosk.idle" values={{ k: props.seconds }} />
      </p>
    </aside>
  );
}

function StepView({ machine }: { machine: Machine }): ReactNode {
  const { state, tap } = machine;
  const { step, update, secondsLeft } = state;
  switch (step.kind) {
    case "choose":
    case "triage":
    case "advice":
    case "confirm": {
      if (obstacleOf(state) !== Hindrance.HINDRANCE_UNSPECIFIED) {
        return <ObstaclePage state={state} />;
      }
      const services = update?.services ?? [];
      if (step.kind === "triage") return <TriagePage step={step} onTap={tap} />;
      if (step.kind === "advice") {
        return (
          <AdvicePage advice={step.advice} services={services} onTap={tap} />
        );
      }
      const chosen =
        step.kind === "confirm"
          ? services.find((service) => service.service === step.service)
          : undefined;
      return chosen === undefined ? (
        <ChoosePage services={services} page={step.page} onTap={tap} />
      ) : (
        <ConfirmPage service={chosen} onTap={tap} />
      );
    }
    case "issuing":
      return <IssuingPage slow={step.slow} />;
    case "number":
      return (
        <NumberPage
          press={step.press}
          onPaper={update?.medium === Medium.PAPER}
          secondsLeft={secondsLeft ?? 0}
          onTap={tap}
        />
      );
    case "stuck": {
      const { id, values } = stuckWords(step.press.state, step.press.number);
      return (
        <MessagePage
          name="stuck"
          number={step.press.number}
          title={<Text id={id} {...(values && { values })} />}
          secondsLeft={secondsLeft}
          onHome={() => tap({ kind: "home" })}
        />
      );
    }
    case "refused":
      return (
        <MessagePage
          name="refused"
          title={<Text id="kiosk.cannot_issue" />}
          why={
            step.refusal === null ? undefined : (
              <RefusalText refusal={step.refusal} />
            )
          }
          secondsLeft={secondsLeft}
          onHome={() => tap({ kind: "home" })}
        />
      );
    case "key":
      return (
        <StaffKeyPage
          typed={step.typed}
          refusal={step.refusal}
          onType={machine.type}
          onEnter={machine.enter}
          onLeave={machine.leave}
        />
      );
    case "staff":
      return (
        <StaffPage
          corner={step.corner}
          busy={step.taken !== null}
          outcome={step.outcome}
          onStep={(taken) => tap({ kind: "staffStep", taken })}
          onTest={() => tap({ kind: "test" })}
          onLeave={machine.leave}
        />
      );
    case "test":
      return null;
  }
}

/** The machine cannot issue numbers now. */
function ObstaclePage({ state }: { state: KioskState }): ReactNode {
  const { update } = state;
  const obstacle = obstacleOf(state);
  const why = whyOf(obstacle);
  // Most pages are in this state for a moment, when they are loaded.
  const [isNew, setIsNew] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setIsNew(false), 1_000);
    return () => clearTimeout(timer);
  }, []);
  if (obstacle === "connecting" || (isNew && obstacle === Hindrance.EARLIER_PRESS)) {
    return (
      <main className="step issuing" data-step="connecting">
        <h1 className="heading">
          <Text id="kiosk.why_connecting" />
        </h1>
      </main>
    );
  }
  return (
    <MessagePage
      name="cannot-issue"
      title={<Text id="kiosk.cannot_issue" />}
      why={why === null ? undefined : <Text id={why} />}
      forStaff={<ForStaff state={state} />}
      secondsLeft={null}
    >
      {obstacle === "lost" && update !== null && (
        <ServiceTiles services={update.services} page={0} stale onTap={() => {}} />
      )}
    </MessagePage>
  );
}

/** What staff want to know before they come; nothing if there is no more. */
function ForStaff({ state }: { state: KioskState }): ReactNode {
  const { update, language } = state;
  if (update === null || state.liveness.kind === "lost") return null;
  const say = (text: string) => (
    <Ruby text={textOf(language, "kiosk.for_staff", { s: text })} />
  );
  if (update.hindrance === Hindrance.PRINTER) {
    return say(
      `${textOf(language, "kiosk.staff.printer")} ${textOf(language, printerWords(update.printer))}`,
    );
  }
  if (update.hindrance === Hindrance.STAFF_NEEDED && update.press !== undefined) {
    const { id, values } = stuckWords(update.press.state, update.press.number);
    return say(textOf(language, id, values));
  }
  return null;
}
