// Makes what was said or recorded into a clip: trimmed, levelled, compressed.
import { run } from "./synthesis.mjs";

/** @typedef {import("./synthesis.mjs").Span} Span */

/** How loud a clip is, in dB below the loudest there can be. */
export const targetLevel = -20;
/** The loudest moment of a clip may be so loud, in dB. */
export const highestPeak = -1;

/**
 * How loud a sound file is, in dB below full scale, and how long.
 *
 * @param {string} file
 * @returns {Promise<{level: number, peak: number, seconds: number}>}
 */
export async function measure(file) {
  const said = await run("sox", [file, "-n", "stats"], { errors: true });
  /** @param {string} name */
  const value = (name) => {
    const [, text] = said.match(new RegExp(`^${name}\\s+(\\S+)`, "m")) ?? [];
    if (text === undefined) throw new Error(`sox says no ${name} of ${file}`);
    return text === "-inf" ? -Infinity : Number(text);
  };
  return {
    level: value("RMS lev dB"),
    peak: value("Pk lev dB"),
    seconds: value("Length s"),
  };
}

/**
 * Makes the clip `opus` of the sound file `source`: mono, as loud as all
 * others; without `span`, of all of it but the silence around. Answers its
 * length in seconds.
 *
 * @param {string} source any file that sox reads
 * @param {string} opus
 * @param {{title: string, artist: string}} tags
 * @param {Span} [span]
 * @returns {Promise<number>}
 */
export async function finish(source, opus, tags, span) {
  const trimmed = `${opus}.trimmed.wav`;
  const levelled = `${opus}.levelled.wav`;
  const silence = ["silence", "1", "0.005", "0.2%", "reverse"];
  await run("sox", [
    ...["-D", source, "-b", "32", "-e", "floating-point", trimmed],
    ...["remix", "-", "rate", "48000", "norm", "-1"],
    ...(span === undefined
      ? [...silence, ...silence]
      : ["trim", `${span.start}`, `=${span.end}`]),
  ]);
  const { level, peak } = await measure(trimmed);
  if (!Number.isFinite(level)) throw new Error(`nothing is heard in ${source}`);
  const gain = Math.min(targetLevel - level, highestPeak - peak);
  // The short fades keep the cuts from clicking.
  await run("sox", [
    ...[trimmed, "-b", "16", levelled],
    ...["gain", gain.toFixed(2), "fade", "t", "0.003", "-0", "0.008"],
  ]);
  const { seconds } = await measure(levelled);
  // A serial number of its own keeps two runs from giving different files.
  await run("opusenc", [
    ...["--quiet", "--speech", "--bitrate", "32", "--padding", "0"],
    ...["--serial", "1", "--discard-comments"],
    ...["--title", tags.title, "--artist", tags.artist, levelled, opus],
  ]);
  return seconds;
}
