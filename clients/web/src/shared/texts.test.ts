import { describe, expect, it } from "vitest";
import { isLanguage, isTextId, localized, textOf } from "./texts";

describe("textOf", () => {
  it("fills the places of a text", () => {
    expect(textOf("ja", "counter.called", { n: "A101" })).toBe(
      "番号 A101 をお呼びしました",
    );
  });

  it("leaves a place without a value as it is written", () => {
    expect(textOf("en", "counter.called")).toContain("{n}");
  });

  it("does not fill a place from what every object has", () => {
    expect(textOf("en", "counter.called", { toString: "x" })).toContain("{n}");
  });
});

describe("isTextId", () => {
  it("knows the ids of the catalogue and nothing that every object has", () => {
    expect(isTextId("reason.COUNTER_BUSY")).toBe(true);
    expect(isTextId("reason.NO_SUCH")).toBe(false);
    expect(isTextId("constructor")).toBe(false);
  });
});

describe("isLanguage", () => {
  it("knows the languages of the house", () => {
    expect(["ja", "ja-easy", "en"].every(isLanguage)).toBe(true);
    expect(isLanguage("fr")).toBe(false);
  });
});

describe("localized", () => {
  it("is Japanese where a language is missing", () => {
    const text = { ja: "本庁", jaEasy: "", en: "Main hall" };
    expect(localized(text, "en")).toBe("Main hall");
    expect(localized(text, "ja-easy")).toBe("本庁");
    expect(localized(undefined, "ja")).toBe("");
  });
});
