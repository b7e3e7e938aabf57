import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import { isTextId, localized, textOf } from "../shared/texts";
import type { Liveness } from "../shared/office_watch";
import { Bilingual } from "./Bilingual";
import type { Hall } from "./hall";
import type { OfficeClock } from "./office_clock";

/** What the board is, whose it is, and the office's time. */
export function Header(props: { hall: Hall; clock: OfficeClock }): ReactNode {
  const { hall, clock } = props;
  const now = hall.officeTimeMs;
  return (
    <header className="head">
      <h1>
        <Bilingual id="display.now_calling" />
      </h1>
      <p className="head-office">
        <span>{localized(hall.officeName, "ja")}</span>
        <span className="english" lang="en">
          {localized(hall.officeName, "en")}
        </span>
      </p>
      {hall.started && (
        <p className="head-time">
          <time className="head-clock">{clock.clock(now)}</time>
          <span className="head-date">
            <span>{clock.dateJa(now)}</span>
            <span className="english" lang="en">
              {clock.dateEn(now)}
            </span>
          </span>
        </p>
      )}
    </header>
  );
}

/** Stands in place of the header, with its clock, while nothing on the board can
 * be believed to be up to date. */
export function LostBanner(props: {
  liveness: Liveness & { readonly kind: "lost" };
  hall: Hall;
  clock: OfficeClock;
}): ReactNode {
  const { liveness, hall, clock } = props;
  const values = hall.started ? { time: clock.seconds(hall.officeTimeMs) } : {};
  const id = hall.started ? "state.lost" : "state.unreachable";
  const reason = `reason.${liveness.refusal?.reason ?? ""}`;
  return (
    <header className="head lost" data-last-right={values.time}>
      <h1>{textOf("ja", id, values)}</h1>
      <p className="english">
        <Text id={id} values={values} language="en" />
      </p>
      {isTextId(reason) && (
        <p className="lost-reason">
          <Text id={reason} values={liveness.refusal?.metadata ?? {}} />
        </p>
      )}
    </header>
  );
}
