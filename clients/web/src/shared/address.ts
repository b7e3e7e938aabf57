import { isLanguage, type Language } from "./texts";

/** What the address of a page says about where it stands. */
export interface Address {
  /** As in `offices/honcho`. */
  readonly office: string;
  /** The last part of a counter's name; empty if none is named. */
  readonly counter: string;
  /** The clerk's name for the log; empty if none is named. */
  readonly staff: string;
  readonly language: Language;
  /** Other parameters, by name. */
  readonly rest: URLSearchParams;
}

/**
 * Reads `?office=honcho&counter=2&staff=hana&lang=en`. What is left out is the
 * first office of the example city, no counter, nobody, and Japanese.
 */
export function parseAddress(search: string): Address {
  const rest = new URLSearchParams(search);
  const language = rest.get("lang") ?? "ja";
  return {
    office: `offices/${rest.get("office") ?? "honcho"}`,
    counter: rest.get("counter") ?? "",
    staff: rest.get("staff") ?? "",
    language: isLanguage(language) ? language : "ja",
    rest,
  };
}
