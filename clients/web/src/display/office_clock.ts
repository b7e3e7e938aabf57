/** Shows the office's time where the office is. Takes ms since 1970. */
export interface OfficeClock {
  /** As in `10:42`. */
  readonly clock: (ms: number) => string;
  /** As in `10:42:07`. */
  readonly seconds: (ms: number) => string;
  /** As in `11月30日(月)`. */
  readonly dateJa: (ms: number) => string;
  /** As in `Mon 30 Nov`. */
  readonly dateEn: (ms: number) => string;
  /** From 0 to 1439. */
  readonly minuteOfDay: (ms: number) => number;
}

/** `timeZone` is an IANA name. The machine's own clock and zone play no part. */
export function makeOfficeClock(timeZone: string): OfficeClock {
  const format = (
    locale: string,
    options: Intl.DateTimeFormatOptions,
  ): ((ms: number) => string) => {
    // Making one is slow, and a board shows the time all day.
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (ms) => formatter.format(ms);
  };
  const clock = format("en-GB", { hour: "2-digit", minute: "2-digit" });
  const english = format("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  return {
    clock,
    seconds: format("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }),
    dateJa: format("ja-JP", {
      month: "long",
      day: "numeric",
      weekday: "short",
    }),
    dateEn: (ms) => english(ms).replace(",", ""),
    minuteOfDay: (ms) => {
      const [hours = 0, minutes = 0] = clock(ms).split(":").map(Number);
      return hours * 60 + minutes;
    },
  };
}
