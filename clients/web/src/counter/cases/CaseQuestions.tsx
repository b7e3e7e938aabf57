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

/** What else there is to do about a case. */
export function CaseDeals(
  props: Answering<Deal> & { choices: readonly Deal[] },
): ReactNode {
  const text = useText();
  return (
    <Choose
      kind="case_deal"
      heading={text("renewal.form_deal")}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        props.choices.map((deal) => ({
          value: deal,
          label: <Text id={dealTexts[deal]} />,
        })),
      )}
    />
  );
}

const results = [
  { value: Event.ISSUED, id: "renewal.result_issued" },
  { value: Event.NOT_ISSUED, id: "renewal.result_not_issued" },
  { value: Event.REFUSED, id: "renewal.result_refused" },
  { value: Event.UNCLEAR, id: "renewal.result_unclear" },
] as const;

/** What the national terminal says of the request. */
export function CaseResults(props: Answering<Event>): ReactNode {
  const text = useText();
  return (
    <Choose
      kind="case_result"
      heading={text("renewal.form_result")}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        results.map(({ value, id }) => ({ value, label: <Text id={id} /> })),
      )}
    />
  );
}

const codeHeadings = {
  refusal: "renewal.form_refusal",
  abandon: "renewal.form_abandon",
} as const;

/** Why, as a code: no words are typed about a person. */
export function CaseCodes(
  props: Answering<string> & { of: keyof typeof caseCodes },
): ReactNode {
  const text = useText();
  return (
    <Choose
      kind="case_code"
      heading={text(codeHeadings[props.of])}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        caseCodes[props.of].map((code) => {
          const id = `${props.of}_code.${code}`;
          return { value: code, label: isTextId(id) ? <Text id={id} /> : code };
        }),
      )}
    />
  );
}

const wrongPins = [
  ...[1, 2, 3].map((tries) => ({ pinKind: PinKind.FOUR_DIGITS, wrongTries: tries })),
  ...[1, 2, 3, 4, 5].map((tries) => ({ pinKind: PinKind.SIGNING, wrongTries: tries })),
];

/** Which PIN was wrong, and the how-manyeth time: one press. */
export function WrongPins(props: Answering<Answers["wrong_pin"]>): ReactNode {
  const text = useText();
  return (
    <Choose
      kind="wrong_pin"
      heading={text("renewal.form_wrong_pin")}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        wrongPins.map((wrong) => ({
          value: wrong,
          label: (
            <Text
              id={
                wrong.pinKind === PinKind.FOUR_DIGITS
                  ? "renewal.wrong_four_digits"
                  : "renewal.wrong_signing"
              }
              values={{ k: wrong.wrongTries }}
            />
          ),
        })),
      )}
    />
  );
}

/** A parked case to go on with. */
export function WhichCase(
  props: Answering<Renewal> & { cases: readonly Renewal[]; zone: string },
): ReactNode {
  const text = useText();
  const language = useContext(LanguageContext);
  return (
    <Choose
      kind="case"
      heading={text("command.cases_parked")}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        props.cases.map((renewal) => ({
          value: renewal,
          number: receiptOf(renewal),
          label: (
            <span className="ticket-line">
              <b>{receiptOf(renewal)}</b>
              <span>
                <Ruby
                  text={parkReasonName(
                    renewal.parking?.reason ?? ParkReason.VISITOR,
                    language,
                  )}
                />
              </span>
              <span>
                <Text
                  id="counter.time_since"
                  values={{ time: showTime(renewal.parking?.startTime, props.zone) }}
                />
              </span>
              <span>
                <Ruby text={outcomeName(renewal.outcome, language)} />
              </span>
            </span>
          ),
        })),
      )}
    />
  );
}

/** What staff see of the national system. */
export function UpstreamPresses(props: Answering<Answers["upstream"]>): ReactNode {
  const text = useText();
  return (
    <Choose
      kind="upstream"
      heading={text("command.upstream")}
      onAnswer={props.onAnswer}
      onCancel={props.onCancel}
      choices={keyed(
        upstreamPresses.map(({ press, id }) => ({
          value: press,
          label: <Text id={id} />,
        })),
      )}
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
