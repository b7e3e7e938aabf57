import type { ReactNode } from "react";
import { StateLine } from "../shared/StateLine";
import { Text } from "../shared/Text";
import type { TextId } from "../shared/texts";
import { Bilingual } from "./Bilingual";
import type { BoardView } from "./board";
import type { VoiceState } from "./voice";

const textOfVoice: Record<VoiceState, TextId | undefined> = {
  ready: undefined,
  "needs-gesture": "display.sound_needs_touch",
  "missing-clips": "display.sound_missing",
  off: "display.sound_off",
};

/** The thin line at the foot of the board: connected or not, and what staff must
 * see to. */
export function BoardState(props: {
  view: BoardView;
  lastRight: string;
  problems: readonly string[];
}): ReactNode {
  const { view, lastRight, problems } = props;
  const sound = textOfVoice[view.voice];
  return (
    <StateLine liveness={view.liveness} lastRight={lastRight}>
      {view.liveness.kind === "live" && (
        <Text id="state.connected" language="en" />
      )}
      {sound !== undefined && view.liveness.kind !== "lost" && (
        <span className="state-sound" data-voice={view.voice}>
          <Bilingual id={sound} />
        </span>
      )}
      {problems.length > 0 && (
        <span className="state-problem">
          <Text
            id="display.setting_unknown"
            values={{ what: problems.join(" ") }}
          />
        </span>
      )}
    </StateLine>
  );
}
