// Says a clip's text with Debian's speech programs.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

/**
 * A line of `clips.json`.
 *
 * @typedef {object} Clip
 * @property {string} name `ja.100`, `ja-easy.come`: the language, then what it
 *   says.
 * @property {string} words What people read for it.
 * @property {string} say What the speech program is given.
 * @property {string} reading How the clip must sound: katakana with long
 *   vowels, or the phonemes of espeak-ng.
 * @property {string} [lead] The reading of what `say` has before the clip; it
 *   is cut off: words of a sentence sound unlike words that stand alone.
 * @property {string} [tail] Likewise, after the clip.
 */

/**
 * A part of a sound file, in seconds.
 *
 * @typedef {object} Span
 * @property {number} start
 * @property {number} end
 */

const dictionary = "/var/lib/mecab/dic/open-jtalk/naist-jdic";

// Slower than talk, for the elderly and a noisy hall.
const japaneseRate = "0.85";
// At its own volume this voice is cut off at the peaks; it is levelled later.
const japaneseGain = "-12";

const english = ["-v", "en-us", "-s", "150"];

/**
 * Runs a program and answers what it prints; what `input` holds is typed in.
 * Rejects with what the program complained of.
 *
 * @param {string} program
 * @param {string[]} options
 * @param {{input?: string, errors?: boolean}} [how] with `errors`, answers what
 *   it prints as errors instead.
 * @returns {Promise<string>}
 */
export function run(program, options, how = {}) {
  return new Promise((resolve, reject) => {
    const child = execFile(program, options, (error, output, errors) => {
      if (error !== null) {
        reject(new Error(`${program}: ${errors.trim() || error.message}`));
      } else {
        resolve(how.errors === true ? errors : output);
      }
    });
    // Whoever ends without reading says why by its exit.
    child.stdin?.on("error", () => {});
    child.stdin?.end(how.input ?? "");
  });
}

/**
 * Says `clip` into the file `wav`. Answers where in it the clip is; all of it,
 * and the silence around, if it does not say. Rejects if it is read otherwise
 * than it must sound.
 *
 * @param {Clip} clip
 * @param {string} wav
 * @param {string} voice the file of the Japanese voice
 * @returns {Promise<Span | undefined>}
 */
export async function sayInto(clip, wav, voice) {
  if (clip.name.startsWith("en.")) {
    await run("espeak-ng", [...english, "-w", wav, "--", clip.say]);
    const read = ["-q", "-x", "--", clip.say];
    checkReading(clip, (await run("espeak-ng", [...english, ...read])).trim());
    return undefined;
  }
  const traceFile = `${wav}.trace`;
  await run(
    "open_jtalk",
    [
      ...["-x", dictionary, "-m", voice],
      ...["-r", japaneseRate, "-g", japaneseGain],
      ...["-ow", wav, "-ot", traceFile],
    ],
    { input: clip.say },
  );
  const trace = await readFile(traceFile, "utf8");
  checkReading(clip, readingOf(trace));
  return spanOf(clip, trace);
}

/**
 * @param {Clip} clip
 * @param {string} read
 */
function checkReading({ name, lead = "", reading, tail = "" }, read) {
  if (read === lead + reading + tail) return;
  throw new Error(
    `${name} would be read ${read}, not ${lead}${reading}${tail}; ` +
      "write `say` in clips.json otherwise",
  );
}

/**
 * The reading in a trace of open_jtalk: the pronunciations of its words,
 * without pauses and the marks of vowels that are not voiced.
 *
 * @param {string} trace
 * @returns {string}
 */
export function readingOf(trace) {
  const pronunciation = 9;
  return partOf(trace, "Text analysis result")
    .map((word) => word.split(",")[pronunciation] ?? "")
    .join("")
    .replace(/[’、]/g, "");
}

/**
 * Where the clip is in what was said, by a trace of open_jtalk: without the
 * silence around it, and without lead and tail.
 *
 * @param {Pick<Clip, "lead" | "tail">} clip
 * @param {string} trace
 * @returns {Span}
 */
export function spanOf({ lead = "", tail = "" }, trace) {
  const sounds = partOf(trace, "Output label")
    .map((line) => {
      const [start = "", end = "", context = ""] = line.split(" ");
      const [, sound = ""] = context.match(/-([^+]*)\+/) ?? [];
      // The unit is 100 ns.
      return { sound, start: Number(start) / 1e7, end: Number(end) / 1e7 };
    })
    .filter(({ sound }) => sound !== "sil");
  const first = sounds.at(soundCount(lead));
  const last = sounds.at(-1 - soundCount(tail));
  if (first === undefined || last === undefined || last.end <= first.start) {
    throw new Error("the trace of open_jtalk is shorter than its reading");
  }
  return { start: first.start, end: last.end };
}

/**
 * How many phonemes a reading has: one for a vowel, its length, the syllabic n
 * and the stop; a small vowel or y changes the kana before it.
 *
 * @param {string} reading
 */
function soundCount(reading) {
  return [...reading.replace(/[ァィゥェォャュョ]/g, "")]
    .map((kana) => ("アイウエオーンッ".includes(kana) ? 1 : 2))
    .reduce((sum, count) => sum + count, 0);
}

/**
 * The lines of a trace under a title.
 *
 * @param {string} trace
 * @param {string} title
 */
function partOf(trace, title) {
  const [, after = ""] = trace.split(`[${title}]\n`);
  const [part = ""] = after.split("\n\n");
  return part.split("\n");
}
