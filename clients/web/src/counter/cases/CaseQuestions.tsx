import { useContext, type ReactNode } from "react";
import type { Renewal } from "../../gen/madoguchi/renewal/v1/renewal_pb";
import { Renewal_Parking_Reason as ParkReason } from "../../gen/madoguchi/renewal/v1/renewal_pb";
import {
  RecordStepRequest_Event as Event,
  RecordStepRequest_PinKind as PinKind,
} from "../../gen/madoguchi/renewal/v1/renewal_service_pb";
import { wordsOfTexts } from "../../shared/advice_text";
import { Ruby } from "../../shared/Ruby";
import { LanguageContext, Text } from "../../shared/Text";
import { htmlLanguage, isLanguage, isTextId, type Language, type TextId } from "../../shared/texts";
import type { Choice } from "../ChoiceList";
import { Choose, keyed, type Answering } from "../Choose";
import { Dialog } from "../Dialog";
import { caseCodes, type Answers, type Question } from "../questions";
import { useText } from "../useText";
import { showTime } from "../words";
import { receiptOf, type Deal } from "./board";
import { outcomeName, parkReasonName } from "./names";
import { upstreamPresses } from "./UpstreamLine";

const dealTexts: Record<Deal, TextId> = {
  wrong_pin: "renewal.deal_wrong_pin",
  reset: "renewal.deal_reset",
  park_visitor: "renewal.deal_park_visitor",
  park_upstream: "renewal.deal_park_upstream",
  park_custody: "renewal.deal_park_custody",
  another: "renewal.deal_another",
  abandon: "renewal.deal_abandon",
};

/** A question about a case with its `choices`. */
function AskCase<Value>(
  props: Answering<Value> & {
    kind: string;
    heading: TextId;
    choices: readonly Omit<Choice<Value>, "key">[];
  },
): ReactNode {
  const text = useText();
  const { heading, choices, ...rest } = props;
  return <Choose {...rest} heading={text(heading)} choices={keyed(choices)} />;
}

function said<Value>(value: Value, id: TextId, values = {}) {
  return { value, label: <Text id={id} values={values} /> };
}

/** What else there is to do about a case. */
export function CaseDeals({
  choices,
  ...answering
}: Answering<Deal> & { choices: readonly Deal[] }): ReactNode {
  return (
    <AskCase
      {...answering}
      kind="case_deal"
      heading="renewal.form_deal"
      choices={choices.map((deal) => said(deal, dealTexts[deal]))}
    />
  );
}

/** What the national terminal says of the request. */
export function CaseResults(answering: Answering<Event>): ReactNode {
  return (
    <AskCase
      {...answering}
      kind="case_result"
      heading="renewal.form_result"
      choices={[
        said(Event.ISSUED, "renewal.result_issued"),
        said(Event.NOT_ISSUED, "renewal.result_not_issued"),
        said(Event.REFUSED, "renewal.result_refused"),
        said(Event.UNCLEAR, "renewal.result_unclear"),
      ]}
    />
  );
}

const codeHeadings = {
  refusal: "renewal.form_refusal",
  abandon: "renewal.form_abandon",
} as const;

/** Why, as a code: no words are typed about a person. */
export function CaseCodes({
  of,
  ...answering
}: Answering<string> & { of: keyof typeof caseCodes }): ReactNode {
  return (
    <AskCase
      {...answering}
      kind="case_code"
      heading={codeHeadings[of]}
      choices={caseCodes[of].map((code) => {
        const id = `${of}_code.${code}`;
        return isTextId(id) ? said<string>(code, id) : { value: code, label: code };
      })}
    />
  );
}

const wrongPins = [
  ...[1, 2, 3].map((tries) => ({ pinKind: PinKind.FOUR_DIGITS, wrongTries: tries })),
  ...[1, 2, 3, 4, 5].map((tries) => ({ pinKind: PinKind.SIGNING, wrongTries: tries })),
];

/** Which PIN was wrong, and the how-manyeth time: one press. */
export function WrongPins(answering: Answering<Answers["wrong_pin"]>): ReactNode {
  return (
    <AskCase
      {...answering}
      kind="wrong_pin"
      heading="renewal.form_wrong_pin"
      choices={wrongPins.map((wrong) =>
        said(
          wrong,
          wrong.pinKind === PinKind.FOUR_DIGITS
            ? "renewal.wrong_four_digits"
            : "renewal.wrong_signing",
          { k: wrong.wrongTries },
        ),
      )}
    />
  );
}

/** A parked case to go on with. */
export function WhichCase({
  cases,
  zone,
  ...answering
}: Answering<Renewal> & { cases: readonly Renewal[]; zone: string }): ReactNode {
  return (
    <AskCase
      {...answering}
      kind="case"
      heading="command.cases_parked"
      choices={cases.map((renewal) => ({
        value: renewal,
        number: receiptOf(renewal),
        label: <ParkedLine renewal={renewal} zone={zone} />,
      }))}
    />
  );
}

function ParkedLine(props: { renewal: Renewal; zone: string }): ReactNode {
  const { parking, outcome } = props.renewal;
  const language = useContext(LanguageContext);
  return (
    <span className="ticket-line">
      <b>{receiptOf(props.renewal)}</b>
      <span>
        <Ruby
          text={parkReasonName(parking?.reason ?? ParkReason.VISITOR, language)}
        />
      </span>
      <span>
        <Text
          id="counter.time_since"
          values={{ time: showTime(parking?.startTime, props.zone) }}
        />
      </span>
      <span>
        <Ruby text={outcomeName(outcome, language)} />
      </span>
    </span>
  );
}

/** What staff see of the national system. */
export function UpstreamPresses(answering: Answering<Answers["upstream"]>): ReactNode {
  return (
    <AskCase
      {...answering}
      kind="upstream"
      heading="command.upstream"
      choices={upstreamPresses.map(({ press, id }) => said(press, id))}
    />
  );
}

/**
 * What the visitor is to be told, for the clerk to read out; in the visitor's
 * language too, if that is another.
 */
export function Told(props: {
  question: Extract<Question, { kind: "told" }>;
  onClose: () => void;
}): ReactNode {
  const { question, onClose } = props;
  const text = useText();
  const language = useContext(LanguageContext);
  const spoken = isLanguage(question.language) ? question.language : language;
  const languages = [...new Set<Language>([language, spoken])];
  return (
    <Dialog kind="told" heading={text("renewal.tell")} onCancel={onClose}>
      {question.receipt !== "" && (
        <p className="told-receipt">
          <Text id="renewal.receipt" /> <b>{question.receipt}</b>
        </p>
      )}
      {languages.map((each) => (
        <ul key={each} className="told" lang={htmlLanguage(each)}>
          {wordsOfTexts(question.texts, each).map((words) => (
            <li key={words}>
              <Ruby text={words} />
            </li>
          ))}
        </ul>
      ))}
      <div className="form-end">
        <button type="button" className="form-ok" data-first onClick={onClose}>
          <kbd aria-hidden="true">Enter</kbd>
          <span>
            <Text id="renewal.told" />
          </span>
        </button>
      </div>
    </Dialog>
  );
}
