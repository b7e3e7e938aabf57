import { useContext, type ReactNode } from "react";
import "./state_line.css";
import { LanguageContext, Text } from "./Text";
import { Ruby } from "./Ruby";
import { textOf, type TextId } from "./texts";
import type { Liveness } from "./office_watch";

/**
 * The thin line that tells the truth: connected, or since when what is shown may
 * be wrong. `lastRight` is the office's clock at the last update, as it is shown;
 * empty before the first.
 *
 * `lost` (with its `{time}`) and `unreachable` are what is said of a loss; left
 * out, they speak to visitors.
 */
export function StateLine(props: {
  liveness: Liveness;
  lastRight: string;
  lost?: TextId;
  unreachable?: TextId;
  children?: ReactNode;
}): ReactNode {
  const { liveness, lastRight } = props;
  const { lost = "state.lost", unreachable = "state.unreachable" } = props;
  const language = useContext(LanguageContext);
  return (
    <div
      className="state-line"
      data-state={liveness.kind}
      role={liveness.kind === "lost" ? "alert" : "status"}
    >
      <span className="state-line-mark" aria-hidden="true" />
      <span>
        {liveness.kind === "live" && <Text id="state.connected" />}
        {liveness.kind === "connecting" && <Text id="state.connecting" />}
        {liveness.kind === "lost" && (
          <Ruby
            text={
              lastRight === ""
                ? textOf(language, unreachable)
                : textOf(language, lost, { time: lastRight })
            }
          />
        )}
      </span>
      {props.children}
    </div>
  );
}
