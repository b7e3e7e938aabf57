import { describe, expect, it } from "vitest";
import { parseRuby, withoutReadings } from "./ruby";

describe("parseRuby", () => {
  it("puts a reading above the kanji before it", () => {
    expect(parseRuby("新(あたら)しくする")).toEqual([
      { base: "新", reading: "あたら" },
      { base: "しくする" },
    ]);
  });

  it("takes a whole run of kanji as the base", () => {
    expect(parseRuby("「電子証明書(でんししょうめいしょ)」を見る")).toEqual([
      { base: "「" },
      { base: "電子証明書", reading: "でんししょうめいしょ" },
      { base: "」を見る" },
    ]);
  });

  it("leaves other brackets alone", () => {
    expect(parseRuby("電子証明書の更新(本人)")).toEqual([
      { base: "電子証明書の更新(本人)" },
    ]);
    expect(parseRuby("Now calling (2)")).toEqual([{ base: "Now calling (2)" }]);
  });

  it("finds several readings in one text", () => {
    expect(parseRuby("1つ必要(ひつよう)です。人(ひと)")).toEqual([
      { base: "1つ" },
      { base: "必要", reading: "ひつよう" },
      { base: "です。" },
      { base: "人", reading: "ひと" },
    ]);
  });

  it("has no parts for an empty text", () => {
    expect(parseRuby("")).toEqual([]);
  });
});

describe("withoutReadings", () => {
  it("keeps what is written", () => {
    expect(withoutReadings("名前(なまえ)や番号(ばんごう)")).toBe("名前や番号");
  });
});
