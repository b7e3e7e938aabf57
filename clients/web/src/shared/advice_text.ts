import { isTextId, textOf, type Language, type TextId } from "./texts";

const weekdays: readonly TextId[] = [
  "date.sunday",
  "date.monday",
  "date.tuesday",
  "date.wednesday",
  "date.thursday",
  "date.friday",
  "date.saturday",
];

/** `day`, as `YYYY-MM-DD`, as the house writes days; as it is if it is none. */
export function dayOf(day: string, language: Language): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return day;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  return textOf(language, "date.day", {
    year,
    month,
    day: date,
    weekday: textOf(language, weekdays[weekday] ?? "date.sunday"),
  });
}

/**
 * The words of texts that a server named by their ids, in order; `date` stands for
 * the day in them. One that this page's catalogue does not have is left out: the
 * server is newer than the page.
 */
export function wordsOfTexts(
  ids: readonly string[],
  language: Language,
  date = "",
): string[] {
  return ids
    .filter(isTextId)
    .map((id) => textOf(language, id, { date: dayOf(date, language) }));
}
