import type { ReactNode } from "react";
import { textOf } from "../shared/texts";
import { Bilingual } from "./Bilingual";
import { labelOf, type Hall } from "./hall";
import { noticeAt } from "./notices";
import type { OfficeClock } from "./office_clock";
import type { BoardSettings } from "./board_settings";
import { isCounterOf } from "./zone";

/** The counters that are closed for a while, and the notice of the moment. */
export function Notices(props: {
  hall: Hall;
  settings: BoardSettings;
  clock: OfficeClock;
  turn: number;
}): ReactNode {
  const { hall, settings, clock, turn } = props;
  const paused = hall.counters.filter(
    ({ counter, open, paused }) =>
      open && paused && isCounterOf(settings.zone, counter),
  );
  const notice = hall.started
    ? noticeAt(clock.minuteOfDay(hall.officeTimeMs), settings.notices, turn)
    : undefined;
  return (
    <section
      className="notices"
      aria-label={textOf("ja", "display.notice_title")}
    >
      {notice !== undefined && (
        <p className="notice" data-notice={notice}>
          <strong className="notice-title">
            <Bilingual id="display.notice_title" />
          </strong>
          <Bilingual id={notice} />
        </p>
      )}
      {paused.length > 0 && (
        <p className="paused">
          <span>
            {textOf("ja", "display.paused_counters", {
              c: paused
                .map(({ counter }) => labelOf(hall, counter).ja)
                .join(" "),
            })}
          </span>
          <span className="english" lang="en">
            {textOf("en", "display.paused_counters", {
              c: paused.map(({ counter }) => counter).join(", "),
            })}
          </span>
        </p>
      )}
    </section>
  );
}
