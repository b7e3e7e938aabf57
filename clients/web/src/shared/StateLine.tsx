import { useContext, type ReactNode } from "react";
import "./state_line.css";
import { LanguageContext, Text } from "./Text";
import { Ruby } from "./Ruby";
import { textOf } from "./texts";
import type { Liveness } from "./office_watch";

/**
 * The thin line that tells the truth: connected, or since when what is shown may
 * be wrong. `lastRight` is the office's clock at the last update, as it is shown;
 * empty before the first.
 */
export function StateLine(props: {
  liveness: Liveness;
  lastRight: string;
  children?: ReactNode;
}): ReactNode {
  const { liveness, lastRight } = props;
  const language = useContext(LanguageContext);
  return (
    <footer
      className="state-line"
      data-state={liveness.kind}
      role={liveness.kind === "lost" ? "alert" : "status"}
    >
      <span className="state-line-mark" aria-hidden="true" />
      {liveness.kind === "live" && <Text id="state.connected" />}
      {liveness.kind === "connecting" && <Text id="state.connecting" />}
      {liveness.kind === "lost" && (
        <Ruby
          text={
            lastRight === ""
              ? textOf(language, "state.unreachable")
              : textOf(language, "state.lost", { time: lastRight })
          }
        />
      )}
      {props.children}
    </footer>
  );
}
