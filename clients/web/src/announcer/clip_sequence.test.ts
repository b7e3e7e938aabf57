import { describe, expect, it } from "vitest";
import table from "../../clips/clips.json";
import { withoutReadings } from "../shared/ruby";
import { textOf, type Language, type TextId } from "../shared/texts";
import {
  clipNamesOf,
  englishClips,
  japaneseClips,
  sentencesOf,
  type SpokenCall,
  type SpokenLanguage,
} from "./clip_sequence";

const clips = new Map(table.map((clip) => [clip.name, clip]));

function call(changes: Partial<SpokenCall> = {}): SpokenCall {
  return {
    number: "101",
    counter: "2",
    language: "ja",
    recall: false,
    pickup: false,
    ...changes,
  };
}

function namesOf(changes: Partial<SpokenCall> = {}): string[] {
  return clipNamesOf(sentencesOf(call(changes)));
}

/** How a sentence sounds, by the table: phrases with a comma between. */
function soundOf(changes: Partial<SpokenCall>, language: SpokenLanguage) {
  const sentence = sentencesOf(call(changes)).find(
    (each) => each.language === language,
  );
  return sentence?.phrases
    .map((phrase) => phrase.map((name) => clips.get(name)?.reading).join(""))
    .join("、");
}

describe("a number in Japanese", () => {
  it.each([
    ["0", "レー"],
    ["4", "ヨン"],
    ["7", "ナナ"],
    ["9", "キュー"],
    ["10", "ジュー"],
    ["14", "ジュー ヨン"],
    ["20", "ニジュー"],
    ["99", "キュージュー キュー"],
    ["100", "ヒャク"],
    ["101", "ヒャク イチ"],
    ["110", "ヒャク ジュー"],
    ["300", "サンビャク"],
    ["308", "サンビャク ハチ"],
    ["600", "ロッピャク"],
    ["800", "ハッピャク"],
    ["847", "ハッピャク ヨンジュー ナナ"],
    ["1000", "セン"],
    ["1001", "セン イチ"],
    ["3000", "サンゼン"],
    ["8000", "ハッセン"],
    ["9999", "キューセン キューヒャク キュージュー キュー"],
    ["10000", "イチ レー レー レー レー"],
    ["1000100", "イチ レー レー レー イチ レー レー"],
    ["007", "レー レー ナナ"],
    ["A101", "エー ヒャク イチ"],
    ["ZQ12", "ゼット キュー ジュー ニ"],
  ])("%s is read %s", (number, reading) => {
    const said = japaneseClips(number).map((name) => clips.get(name)?.reading);
    expect(said.join(" ")).toBe(reading);
  });

  it("has one clip for each place that is not zero, and their sum is it", () => {
    const wrong = Array.from({ length: 9999 }, (_, index) => index + 1).filter(
      (number) => {
        const places = japaneseClips(String(number)).map((name) =>
          Number(name.replace("ja.", "")),
        );
        const sum = places.reduce((total, place) => total + place, 0);
        const falling = places.every(
          (place, index) => index === 0 || place < (places[index - 1] ?? 0),
        );
        const digits = String(number).replaceAll("0", "").length;
        return sum !== number || !falling || places.length !== digits;
      },
    );
    expect(wrong).toEqual([]);
  });

  it("has the same clips in small and capital letters", () => {
    expect(japaneseClips("a12")).toEqual(japaneseClips("A12"));
  });
});

describe("a number in English", () => {
  it("is read letter by letter and digit by digit", () => {
    expect(englishClips("A101")).toEqual(["en.a", "en.1", "en.0", "en.1"]);
    expect(clips.get("en.0")?.say).toBe("oh");
  });
});

describe("what is said of a call", () => {
  it("is hundred, one, ban for 101", () => {
    expect(namesOf()).toEqual([
      "ja.ticket",
      ...["ja.100", "ja.1", "ja.ban"],
      ...["ja.100", "ja.1", "ja.ban", "ja.visitor"],
      ...["ja.2", "ja.ban", "ja.come"],
    ]);
  });

  it("says a number below 100 once", () => {
    expect(soundOf({ number: "A99" }, "ja")).toBe(
      "バンゴーフダ、エーキュージューキューバンノオキャクサマ、" +
        "ニバンマドグチエオコシクダサイ",
    );
  });

  it("asks after whoever was called before", () => {
    expect(soundOf({ number: "7", recall: true }, "ja")).toBe(
      "バンゴーフダ、ナナバンノオキャクサマ、ニバンマドグチエオコシクダサイ、" +
        "イラッシャイマセンカ",
    );
  });

  it("begins otherwise when something is ready", () => {
    expect(soundOf({ number: "7", pickup: true }, "ja")).toMatch(
      /^オワタシサイドノオヨビダシデス、バンゴーフダ、ナナバン/,
    );
  });

  it("is in Japanese alone for a language without clips", () => {
    for (const language of ["", "ja", "vi"]) {
      expect(sentencesOf(call({ language }))).toHaveLength(1);
    }
  });

  it("is in Japanese first, then in English", () => {
    const names = namesOf({ language: "en" });
    expect(names.slice(names.indexOf("en.ticket"))).toEqual([
      ...["en.ticket", "en.1", "en.0", "en.1"],
      ...["en.1", "en.0", "en.1"],
      ...["en.come", "en.2"],
    ]);
    expect(names[0]).toBe("ja.ticket");
  });

  it("is short in easy Japanese", () => {
    expect(soundOf({ language: "ja-easy" }, "ja-easy")).toBe(
      "ヒャクイチバン、ヒャクイチバンノヒト、ニバンノマドグチエキテクダサイ",
    );
  });

  it("says the easy sentence twice to whoever was called before", () => {
    expect(soundOf({ language: "ja-easy", recall: true }, "ja-easy")).toBe(
      "ヒャクイチバンノヒト、ニバンノマドグチエキテクダサイ、" +
        "ヒャクイチバンノヒト、ニバンノマドグチエキテクダサイ",
    );
  });

  it("reads counters as numbers, letters, or both", () => {
    expect(soundOf({ counter: "12" }, "ja")).toMatch(/、ジューニバンマドグチエ/);
    expect(soundOf({ counter: "a" }, "ja")).toMatch(/、エーマドグチエ/);
    expect(soundOf({ counter: "b3" }, "ja")).toMatch(/、ビーサンバンマドグチエ/);
    expect(namesOf({ counter: "12", language: "en" }).slice(-3)).toEqual([
      "en.come",
      "en.1",
      "en.2",
    ]);
  });

  it("ends with the recording of a counter that has one", () => {
    const recorded = new Set(["ja.counter.info", "en.counter.info"]);
    const said = sentencesOf(
      call({ counter: "info", language: "en", recall: true }),
      recorded,
    );
    expect(said[0]?.phrases.at(-2)).toEqual(["ja.counter.info"]);
    expect(said[1]?.phrases.at(-1)).toEqual(["en.counter.info"]);
  });

  it("is nothing if number or counter cannot be said", () => {
    expect(sentencesOf(call({ number: "" }))).toEqual([]);
    expect(sentencesOf(call({ number: "？" }))).toEqual([]);
    expect(sentencesOf(call({ counter: "" }))).toEqual([]);
  });
});

const languages: SpokenLanguage[] = ["ja", "ja-easy", "en"];
const kinds = [
  { recall: false, pickup: false },
  { recall: true, pickup: false },
  { recall: false, pickup: true },
  { recall: true, pickup: true },
];

describe("the clips", () => {
  it("are in the table, whatever is called where", () => {
    const numbers = [
      ...Array.from({ length: 10_001 }, (_, number) => String(number)),
      ...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `${letter}1`),
      "1098765",
    ];
    const counters = [
      ...Array.from({ length: 99 }, (_, index) => String(index + 1)),
      ..."abcdefghijklmnopqrstuvwxyz",
      "desk01",
    ];
    const unknown = new Set<string>();
    const said = new Set<string>();
    const collect = (changes: Partial<SpokenCall>) => {
      for (const name of namesOf(changes)) {
        said.add(name);
        if (!clips.has(name)) unknown.add(name);
      }
    };
    for (const language of languages) {
      for (const kind of kinds) {
        for (const counter of counters) collect({ counter, language, ...kind });
      }
      for (const number of numbers) collect({ number, language });
    }
    expect([...unknown]).toEqual([]);
    expect([...clips.keys()].filter((name) => !said.has(name))).toEqual([]);
  });

  it("have one line of the table each", () => {
    expect(clips.size).toBe(table.length);
  });
});

describe("the words of the clips are those on the screen", () => {
  const onScreen: [SpokenLanguage, (typeof kinds)[number], TextId][] = [
    ["ja", { recall: false, pickup: false }, "display.call"],
    ["ja", { recall: true, pickup: false }, "display.recall"],
    ["ja", { recall: false, pickup: true }, "display.pickup"],
    ["ja", { recall: true, pickup: true }, "display.pickup_recall"],
    ["ja-easy", { recall: false, pickup: false }, "display.call"],
    ["ja-easy", { recall: false, pickup: true }, "display.pickup"],
    ["en", { recall: false, pickup: false }, "display.call"],
    ["en", { recall: true, pickup: false }, "display.recall"],
    ["en", { recall: false, pickup: true }, "display.pickup"],
    ["en", { recall: true, pickup: true }, "display.pickup_recall"],
  ];
  const lettersOf = (text: string) =>
    text.replace(/[\p{P}\s]/gu, "").toLowerCase();

  it.each(onScreen)("%s %o: %s", (language, kind, id) => {
    const changes = { number: "4", counter: "2", language, ...kind };
    const sentence = sentencesOf(call(changes)).find(
      (each) => each.language === language,
    );
    const words = sentence?.phrases
      .flat()
      .map((name) => clips.get(name)?.words)
      .join("");
    const text = textOf(language satisfies Language, id, {
      n: "4",
      c: "2",
      label: "2番窓口",
    });
    expect(lettersOf(words ?? "")).toBe(lettersOf(withoutReadings(text)));
  });
});
