import { useContext, type ReactNode } from "react";
import { Step, type Renewal } from "../../gen/madoguchi/renewal/v1/renewal_pb";
import { Renewal_Issuance_State as IssuanceState } from "../../gen/madoguchi/renewal/v1/renewal_pb";
import { Ruby } from "../../shared/Ruby";
import { LanguageContext, Text } from "../../shared/Text";
import { useText } from "../useText";
import { currentCase, isUnclear, pathOf, type Board } from "./board";
import { outcomeName, resultName, stateName, stepName } from "./names";

/** The renewal at the counter: how far it is on its path, and what is next. */
export function CasePanel({ board }: { board: Board }): ReactNode {
  const language = useContext(LanguageContext);
  const text = useText();
  const current = currentCase(board);
  if (board.cases.length === 0) return null;
  return (
    <section
      className="case"
      aria-label={text("renewal.panel")}
      data-row={current?.row ?? ""}
      data-next={current === undefined ? "" : Step[current.nextStep]}
    >
      {current !== undefined && (
        <>
          <p className="case-head">
            <b>
              <Text id="renewal.person" values={{ k: current.person }} />
            </b>{" "}
            <span className="case-row">{current.row}</span>{" "}
            <Ruby text={outcomeName(current.outcome, language)} />
          </p>
          <ol className="case-path">
            {pathOf(current).map(({ step, state }) => (
              <li
                key={step}
                data-state={state}
                aria-current={state === "next" ? "step" : undefined}
              >
                <span aria-hidden="true">
                  {{ done: "✓", next: "▶", later: "·" }[state]}
                </span>
                <span>
                  <Ruby text={stepName(step, language)} />
                  {state === "done" && (
                    <span className="visually-hidden">
                      {" "}
                      <Text id="renewal.step_done" />
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ol>
          <Care board={board} renewal={current} />
        </>
      )}
      {board.cases
        .filter((renewal) => renewal !== current)
        .map((renewal) => (
          <p key={renewal.name} className="case-other">
            <Text id="renewal.person" values={{ k: renewal.person }} />{" "}
            <Ruby text={resultName(renewal, language) || stateName(renewal, language)} />
          </p>
        ))}
    </section>
  );
}

/** What must not be overlooked about the case now. */
function Care(props: { board: Board; renewal: Renewal }): ReactNode {
  const { board, renewal } = props;
  const entersPin =
    renewal.nextStep === Step.ENTER_PIN || renewal.nextStep === Step.RESET_PIN;
  return (
    <>
      {renewal.issuance?.state === IssuanceState.CHECK_AT_TERMINAL && (
        <p className="case-care" role="alert">
          <Text id="renewal.check_at_terminal" />
        </p>
      )}
      {isUnclear(renewal) &&
        renewal.issuance?.state === IssuanceState.SENT && (
          <p className="case-care">
            <Text id="renewal.asked_authority" />
          </p>
        )}
      {board.nearLock === renewal.name && (
        <p className="case-care" role="alert">
          <Text id="renewal.near_lock" />
        </p>
      )}
      {entersPin && (
        <p className="case-say">
          <Text id="renewal.pin_care" />
        </p>
      )}
      {renewal.ticketLags && (
        <p className="case-care">
          <Text id="renewal.ticket_lags" />
        </p>
      )}
    </>
  );
}
