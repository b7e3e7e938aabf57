import { within } from "./within";

/**
 * How many decoded clips are kept: more than the table has, and some counters'
 * names. They are about 15 MB.
 */
const keptClips = 160;

/** How long a file may take; the gateway is in the same house. */
const fileLimitMs = 4000;

/** What `clips.json` says of the clips that were made. */
export interface ClipList {
  /** The length of each clip, in seconds. */
  readonly seconds: ReadonlyMap<string, number>;
  /** What is added to a clip's address, so that a new recording is fetched. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Fetches and decodes clips, and keeps those used last. */
export class ClipStore {
  readonly #base: string;
  readonly #context: BaseAudioContext;
  readonly #decoded = new Map<string, AudioBuffer>();
  #list: ClipList | undefined;

  /** Clips are at `base`, with or without a slash at its end. */
  constructor(base: string, context: BaseAudioContext) {
    this.#base = base.replace(/\/$/, "");
    this.#context = context;
  }

  /**
   * The clips that there are; undefined as long as that cannot be fetched. It
   * is kept until a clip is missing.
   */
  async list(): Promise<ClipList | undefined> {
    this.#list ??= await this.#fetchList();
    return this.#list;
  }

  /**
   * The clips called `names`, in that order; undefined if one of them is not to
   * be had, for half a sentence is worse than none. Never rejects; takes at
   * most some seconds.
   */
  async load(names: readonly string[]): Promise<AudioBuffer[] | undefined> {
    const list = await this.list();
    if (list === undefined) return undefined;
    const different = [...new Set(names)];
    const clips = await Promise.all(
      different.map((name) => this.#loadOne(name, list)),
    );
    const loaded = new Map(different.map((name, i) => [name, clips[i]]));
    const all = names.map((name) => loaded.get(name));
    return all.every((clip) => clip !== undefined) ? all : undefined;
  }

  async #loadOne(
    name: string,
    list: ClipList,
  ): Promise<AudioBuffer | undefined> {
    const key = list.keys.get(name);
    if (key === undefined) {
      // It may have been made since: the next call looks again.
      this.#list = undefined;
      return undefined;
    }
    const kept = this.#decoded.get(name);
    const clip = kept ?? (await this.#fetchClip(`${name}.opus?${key}`));
    if (clip === undefined) return undefined;
    // The order of a Map is that of insertion: the first was used longest ago.
    this.#decoded.delete(name);
    this.#decoded.set(name, clip);
    for (const oldest of this.#decoded.keys()) {
      if (this.#decoded.size <= keptClips) break;
      this.#decoded.delete(oldest);
    }
    return clip;
  }

  async #fetchList(): Promise<ClipList | undefined> {
    return listOf(
      await this.#fetch("clips.json", "no-cache", (answer) => answer.json()),
    );
  }

  async #fetchClip(file: string): Promise<AudioBuffer | undefined> {
    return this.#fetch(file, "default", async (answer) =>
      this.#context.decodeAudioData(await answer.arrayBuffer()),
    );
  }

  /** Undefined if the file is not there, is not what it should be, or late. */
  async #fetch<T>(
    file: string,
    cache: RequestCache,
    read: (answer: Response) => Promise<T>,
  ): Promise<T | undefined> {
    const late = new AbortController();
    const answer = async () => {
      const response = await fetch(`${this.#base}/${file}`, {
        cache,
        signal: late.signal,
      });
      return response.ok ? read(response) : undefined;
    };
    try {
      return await within(fileLimitMs, answer());
    } catch {
      return undefined;
    } finally {
      late.abort();
    }
  }
}

/** Reads `clips.json`; undefined if it is something else. */
function listOf(read: unknown): ClipList | undefined {
  if (!isObject(read) || !isObject(read["clips"])) return undefined;
  const seconds = new Map<string, number>();
  const keys = new Map<string, string>();
  for (const [name, clip] of Object.entries(read["clips"])) {
    if (!isObject(clip)) return undefined;
    const { seconds: length, key } = clip;
    if (typeof length !== "number" || typeof key !== "string") return undefined;
    seconds.set(name, length);
    keys.set(name, key);
  }
  return { seconds, keys };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
