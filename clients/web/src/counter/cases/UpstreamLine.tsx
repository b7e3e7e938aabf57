import { useContext, type ReactNode } from "react";
import {
  Upstream_Connector as Connector,
  Upstream_State as State,
} from "../../gen/madoguchi/renewal/v1/upstream_pb";
import { ReportUpstreamRequest_Press as Press } from "../../gen/madoguchi/renewal/v1/renewal_service_pb";
import { Ruby } from "../../shared/Ruby";
import { LanguageContext, Text } from "../../shared/Text";
import { isTextId, textOf, type Language } from "../../shared/texts";
import { keyOf } from "../keys";
import { lastPart, showTime } from "../words";
import type { Board } from "./board";

/** The buttons for what staff see of the national system. */
export const upstreamPresses = [
  { press: Press.DOWN, id: "upstream.press_down" },
  { press: Press.SLOW, id: "upstream.press_slow" },
  { press: Press.WORKS_AGAIN, id: "upstream.press_works" },
] as const;

function stateText(state: State, language: Language): string {
  const id = `upstream.${State[state]}`;
  return isTextId(id) ? textOf(language, id) : "";
}

/** How the national system does, and who waits for it; nothing if nobody says. */
export function UpstreamLine(props: {
  board: Board;
  counter: string;
  zone: string;
  onPress: (press: Press) => void;
  onParked: () => void;
}): ReactNode {
  const language = useContext(LanguageContext);
  const { board, counter, zone, onPress, onParked } = props;
  const { upstream, parked } = board;
  if (!board.isThere) return null;
  const state = upstream?.state ?? State.STATE_UNSPECIFIED;
  const since = showTime(upstream?.sinceTime, zone);
  const isAsked =
    upstream?.connector === Connector.MANUAL &&
    upstream.prober !== "" &&
    lastPart(upstream.prober) === counter;
  return (
    <section className="upstream" data-state={State[state]}>
      {upstream !== undefined && (
        <p className="upstream-state">
          <b>
            <Text id="upstream.title" />
          </b>{" "}
          <Ruby text={stateText(state, language)} />
          {since !== "" && (
            <>
              {" "}
              <Text id="counter.time_since" values={{ time: since }} />
            </>
          )}
          {isAsked && (
            <strong className="upstream-try">
              <Text id="upstream.you_try" />
            </strong>
          )}
        </p>
      )}
      {upstream !== undefined &&
        upstreamPresses.map(({ press, id }) => (
          <button
            key={press}
            type="button"
            className="step"
            data-upstream={Press[press]}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPress(press)}
          >
            <span>
              <Text id={id} />
            </span>
          </button>
        ))}
      {parked.length > 0 && (
        <button
          type="button"
          className="step"
          data-command="cases_parked"
          aria-keyshortcuts={keyOf("cases_parked")}
          onMouseDown={(event) => event.preventDefault()}
          onClick={onParked}
        >
          <kbd aria-hidden="true">{keyOf("cases_parked")}</kbd>
          <span>
            <Text id="renewal.parked_count" values={{ k: parked.length }} />
          </span>
        </button>
      )}
    </section>
  );
}
