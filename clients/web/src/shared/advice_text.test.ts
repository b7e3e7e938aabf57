import { describe, expect, it } from "vitest";
import { dayOf, wordsOfTexts } from "./advice_text";

describe("dayOf", () => {
  it("writes a day as each language does", () => {
    expect(dayOf("2026-07-01", "ja")).toBe("2026年7月1日(水)");
    expect(dayOf("2026-07-01", "en")).toBe("2026/7/1 (Wed)");
    expect(dayOf("soon", "ja")).toBe("soon");
  });
});

describe("wordsOfTexts", () => {
  it("has the words of each, with the day, and leaves out what it does not know", () => {
    expect(
      wordsOfTexts(
        ["advice.too_early", "advice.of_tomorrow", "advice.notice_not_needed"],
        "en",
        "2026-07-01",
      ),
    ).toEqual([
      "You can renew from 2026/7/1 (Wed)",
      "You do not need the blue envelope",
    ]);
  });
});
