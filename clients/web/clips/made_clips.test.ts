import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import table from "./clips.json";
import { highestPeak, measure, targetLevel } from "./sound.mjs";
import { readingOf, spanOf } from "./synthesis.mjs";

const made = resolve(import.meta.dirname, "../public/clips");
const isThere = (program: string) =>
  spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/**
 * Those that `make_clips.mjs` has left; the tests of them are left out where it
 * has not run, or cannot.
 */
const hasClips =
  existsSync(join(made, "clips.json")) && isThere("opusdec") && isThere("sox");

interface MadeClip {
  readonly seconds: number;
  readonly source: string;
}

describe.skipIf(!hasClips)("the clips that were made", () => {
  const list = (
    hasClips
      ? JSON.parse(readFileSync(join(made, "clips.json"), "utf8"))
      : { clips: {} }
  ) as { clips: Record<string, MadeClip> };
  let work: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), "made-clips-"));
  });
  afterAll(() => rmSync(work, { recursive: true }));

  it("are all that the table has", () => {
    const missing = table
      .map((clip) => clip.name)
      .filter((name) => !existsSync(join(made, `${name}.opus`)));
    expect(missing).toEqual([]);
    expect(Object.keys(list.clips).length).toBeGreaterThanOrEqual(table.length);
  });

  it("name the voice that they are made with", () => {
    const text = readFileSync(join(made, "ATTRIBUTION.txt"), "utf8");
    expect(text).toContain('HTS Voice "Mei"');
    expect(text).toContain("https://creativecommons.org/licenses/by/3.0/");
  });

  it.each(Object.entries(list.clips))(
    "%s is heard, whole, and as loud as the others",
    async (name, { seconds }) => {
      const wav = join(work, `${name}.wav`);
      const opus = join(made, `${name}.opus`);
      execFileSync("opusdec", ["--quiet", opus, wav]);
      const sound = await measure(wav);
      // Compression moves both a little.
      expect(sound.peak).toBeLessThanOrEqual(highestPeak + 0.9);
      expect(Math.abs(sound.level - targetLevel)).toBeLessThan(2);
      expect(sound.seconds).toBeCloseTo(seconds, 2);
      expect(sound.seconds).toBeGreaterThan(0.12);
      expect(sound.seconds).toBeLessThan(4);
    },
    30_000,
  );
});

/** As open_jtalk writes it, without the parts of the context not read. */
const trace = `[Text analysis result]
一,名詞,数,*,*,*,*,一,イチ,イチ,2/2,C3,-1
番,名詞,接尾,助数詞,*,*,*,番,バン,バ’ン,1/2,C3,1
の,助詞,連体化,*,*,*,*,の,ノ,ノ,0/1,*,1

[Output label]
0 2000000 xx^xx-sil+i=ch/A:xx
2000000 3000000 xx^sil-i+ch=i/A:-1
3000000 4000000 sil^i-ch+i=b/A:-1
4000000 5000000 i^ch-i+b=a/A:-1
5000000 5500000 ch^i-b+a=N/A:-1
5500000 6500000 i^b-a+N=n/A:-1
6500000 7000000 b^a-N+n=o/A:-1
7000000 7500000 a^N-n+o=sil/A:-1
7500000 9000000 N^n-o+sil=xx/A:-1
9000000 9900000 n^o-sil+xx=xx/A:xx

[Global parameter]
`;

describe("a trace of the Japanese voice", () => {
  it("tells how the text was read", () => {
    expect(readingOf(trace)).toBe("イチバンノ");
  });

  it("tells where the clip is, without silence, lead and tail", () => {
    expect(spanOf({}, trace)).toEqual({ start: 0.2, end: 0.9 });
    expect(spanOf({ lead: "イチ", tail: "ノ" }, trace)).toEqual({
      start: 0.5,
      end: 0.7,
    });
  });

  it("that is shorter than its reading is refused", () => {
    expect(() => spanOf({ lead: "イチバンノ", tail: "ノ" }, trace)).toThrow();
  });
});
