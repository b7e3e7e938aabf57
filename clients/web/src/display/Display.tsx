import { useMemo, useSyncExternalStore, type ReactNode } from "react";
import "./display.css";
import type { Board } from "./board";
import { arrowTo, type BoardSettings } from "./board_settings";
import { BoardState } from "./BoardState";
import { CallList } from "./CallList";
import { labelOf } from "./hall";
import { Header, LostBanner } from "./Header";
import { Missed } from "./Missed";
import { Notices } from "./Notices";
import { makeOfficeClock } from "./office_clock";
import { Overlay } from "./Overlay";
import { usePortrait } from "./use_portrait";
import { Waiting } from "./Waiting";

/** The wall display: which number goes to which counter. */
export function Display(props: {
  board: Board;
  settings: BoardSettings;
}): ReactNode {
  const { board, settings } = props;
  const view = useSyncExternalStore(board.subscribe, board.view);
  const clock = useMemo(
    () => makeOfficeClock(settings.timeZone),
    [settings.timeZone],
  );
  const isPortrait = usePortrait();
  const { hall, liveness, overlay, turn } = view;
  return (
    <div
      className="board"
      data-state={liveness.kind}
      data-orientation={isPortrait ? "portrait" : "landscape"}
    >
      {liveness.kind === "lost" ? (
        <LostBanner liveness={liveness} hall={hall} clock={clock} />
      ) : (
        <Header hall={hall} clock={clock} />
      )}
      <main className="body">
        <CallList view={view} settings={settings} />
        <div className="side">
          <Waiting
            hall={hall}
            zone={settings.zone}
            turn={turn}
            isPortrait={isPortrait}
          />
          <Missed hall={hall} turn={turn} />
        </div>
        <Notices hall={hall} settings={settings} clock={clock} turn={turn} />
        {overlay !== undefined && (
          <Overlay
            call={overlay}
            label={labelOf(hall, overlay.counter)}
            direction={arrowTo(settings, overlay.counter)}
          />
        )}
      </main>
      <BoardState
        view={view}
        lastRight={hall.started ? clock.seconds(hall.officeTimeMs) : ""}
        problems={settings.problems}
      />
    </div>
  );
}
