import { describe, expect, it } from "vitest";
import { around, sentencesOf } from "./announced_text";
import { makeCall, type CallFacts } from "./testing/updates";

const label = { ja: "2番窓口", jaEasy: "2番の窓口", en: "Counter 2" };

const said = (facts: CallFacts) =>
  sentencesOf(makeCall("101", facts), label).map(({ text }) => text);

describe("what is said of a call", () => {
  it("is Japanese first and English second (E-25)", () => {
    expect(said({})).toEqual([
      "番号札、101番のお客様、2番窓口へお越しください",
      "Ticket 101, please come to counter 2",
    ]);
    expect(said({ language: "en" })).toEqual(said({}));
    expect(said({ language: "" })).toEqual(said({}));
  });

  it("adds easy Japanese for a visitor who reads that", () => {
    expect(said({ language: "ja-easy" })).toEqual([
      "番号札、101番のお客様、2番窓口へお越しください",
      "101番(ばん)の人(ひと)、2番(ばん)の窓口(まどぐち)へ来(き)てください",
      "Ticket 101, please come to counter 2",
    ]);
  });

  it("asks whether a recalled visitor is there (E-26)", () => {
    expect(said({ recallCount: 1, language: "ja-easy" })).toEqual([
      "番号札101番のお客様、2番窓口へお越しください。いらっしゃいませんか",
      "101番(ばん)の人(ひと)、2番(ばん)の窓口(まどぐち)へ来(き)てください",
      "Second call for ticket 101: counter 2",
    ]);
  });

  it("has words of its own for a call to pick something up", () => {
    expect(said({ pickup: true, language: "ja-easy" })).toEqual([
      "お渡し・再度のお呼び出しです。番号札、101番のお客様、" +
        "2番窓口へお越しください",
      "101番(ばん)の人(ひと)、できました。" +
        "2番(ばん)の窓口(まどぐち)へ取(と)りに来(き)てください",
      "Ticket 101, we are ready for you again: please come to counter 2",
    ]);
    expect(said({ pickup: true, recallCount: 1 })).toEqual([
      "お渡し・再度のお呼び出しです。番号札101番のお客様、" +
        "2番窓口へお越しください。いらっしゃいませんか",
      "Ticket 101, called again to pick up: counter 2",
    ]);
  });
});

describe("around", () => {
  it("splits a text where a part stands in it", () => {
    expect(around("2番窓口", "2")).toEqual({ before: "", after: "番窓口" });
    expect(around("Counter 2", "2")).toEqual({ before: "Counter ", after: "" });
    expect(around("相談コーナー", "9")).toBeUndefined();
    expect(around("2番窓口", "")).toBeUndefined();
  });
});
