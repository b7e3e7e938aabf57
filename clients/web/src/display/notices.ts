import type { TextId } from "../shared/texts";

/** A notice stays for as many turns of the pages: nobody reads two lines in the
 * time of one. */
const turnsEach = 2;

const busyFrom = 10 * 60;
const busyUntil = 15 * 60;

/**
 * The notice to show at `turn`, which grows with time; nothing if there is none.
 *
 * `minuteOfDay` is the office's. From 10:00 to 15:00 the board tells that these
 * hours are busy everywhere; `others` follow.
 */
export function noticeAt(
  minuteOfDay: number,
  others: readonly TextId[],
  turn: number,
): TextId | undefined {
  const isBusy = minuteOfDay >= busyFrom && minuteOfDay < busyUntil;
  const notices: TextId[] = isBusy
    ? ["display.notice_busy", ...others]
    : [...others];
  return notices[Math.floor(turn / turnsEach) % Math.max(1, notices.length)];
}
