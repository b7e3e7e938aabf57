import type { Client } from "@connectrpc/connect";
import {
  useContext,
  useEffect,
  useState,
  type FormEvent,
  type ReactNode,
} from "react";
import type { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import type { Counter } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import { Ruby } from "../shared/Ruby";
import { refusalOf } from "../shared/refusal";
import { attemptTimeoutMs, repeat } from "../shared/repeat";
import { LanguageContext, Text } from "../shared/Text";
import { localized, type Language, type TextId } from "../shared/texts";
import { TextField } from "./fields";
import { LanguageSwitch } from "./LanguageSwitch";
import { sentenceOf, spoken, type Sentence } from "./sentence";
import { lastPart } from "./words";

/** Whether the servers take `staff` as the name of a member of staff. */
export function isStaff(staff: string): boolean {
  return /^[a-z0-9_-]{1,32}$/.test(staff);
}

/** Asks who works where, when the address does not say it. Opens nothing. */
export function WorkplaceForm(props: {
  calls: Pick<Client<typeof CounterService>, "listCounters">;
  /** As in `offices/honcho`. */
  office: string;
  counter: string;
  staff: string;
  onLanguage: (language: Language) => void;
  onWorkplace: (counter: string, staff: string) => void;
}): ReactNode {
  const { calls, office, onLanguage, onWorkplace } = props;
  const language = useContext(LanguageContext);
  const [counters, setCounters] = useState<readonly Counter[]>();
  const [trouble, setTrouble] = useState<Sentence>();
  const [counter, setCounter] = useState(props.counter);
  const [staff, setStaff] = useState(props.staff);
  const [refused, setRefused] = useState<TextId>();

  useEffect(() => {
    const end = new AbortController();
    const options = { timeoutMs: attemptTimeoutMs, signal: end.signal };
    repeat(() => calls.listCounters({ office }, options), {
      onUnknown: () => setTrouble({ id: "counter.connection_none" }),
      signal: end.signal,
    }).then(
      (answer) => {
        setCounters(answer.counters);
        setTrouble(undefined);
      },
      (failure: unknown) => {
        if (!end.signal.aborted) setTrouble(sentenceOf(refusalOf(failure)));
      },
    );
    return () => end.abort();
  }, [calls, office]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = staff.normalize("NFKC").trim().toLowerCase();
    if (counter === "") setRefused("counter.choose_one");
    else if (!isStaff(name)) setRefused("reason.STAFF_INVALID");
    else onWorkplace(counter, name);
  };
  return (
    <main className="workplace">
      <LanguageSwitch onLanguage={onLanguage} />
      <h1>
        <Text id="counter.workplace_heading" />
      </h1>
      <form noValidate onSubmit={submit}>
        <fieldset>
          <legend>
            <Text id="counter.workplace_counter" />
          </legend>
          {counters === undefined && trouble === undefined && (
            <p>
              <Text id="counter.workplace_loading" />
            </p>
          )}
          <div className="radios">
            {counters?.map((one) => (
              <label key={one.name}>
                <input
                  type="radio"
                  name="counter"
                  value={lastPart(one.name)}
                  checked={counter === lastPart(one.name)}
                  onChange={() => setCounter(lastPart(one.name))}
                />
                <span>
                  <Ruby
                    text={localized(one.label, language) || lastPart(one.name)}
                  />
                  {one.open && (
                    <small>
                      {" "}
                      <Text
                        id="counter.workplace_used"
                        values={{ staff: one.staff }}
                      />
                    </small>
                  )}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          label="counter.workplace_staff"
          value={staff}
          onChange={setStaff}
        />
        <p className="form-refused" role="alert">
          {trouble !== undefined && <Ruby text={spoken(trouble, language)} />}
          {refused !== undefined && <Text id={refused} />}
        </p>
        <button type="submit" className="next-step">
          <span>
            <Text id="counter.workplace_go" />
          </span>
        </button>
      </form>
    </main>
  );
}
