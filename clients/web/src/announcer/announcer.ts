import { pause } from "../shared/pause";
import { chimeSeconds, startChime } from "./chime";
import { clipNamesOf, sentencesOf, type SpokenCall } from "./clip_sequence";
import { ClipStore } from "./clip_store";
import { within } from "./within";

export type { SpokenCall } from "./clip_sequence";

/**
 * Whether the hall hears calls:
 * - `ready`: as far as the page can tell.
 * - `needs-gesture`: not before somebody touches the page or presses a key; the
 *   browser asks for that before it lets a page sound.
 * - `missing-clips`: the chime, but no voice, or not in every language: clips
 *   are not there (or, without any sound in this browser, nothing at all).
 */
export type AnnouncerState = "ready" | "needs-gesture" | "missing-clips";

/** Says calls in the hall, one after the other. */
export interface Announcer {
  /**
   * Rings, then says `call`, after whatever is being said already. Resolves
   * when that has ended, or, if nothing can be heard, when it would have. Never
   * rejects, and always resolves: each step has a limit. A call that could not
   * be heard is not said later.
   */
  say(call: SpokenCall): Promise<void>;

  readonly state: AnnouncerState;

  /** Calls `changed` after each change of `state`; its answer ends that. */
  subscribe(changed: () => void): () => void;

  /** Silences it for good, and resolves whatever waits. */
  close(): void;
}

export interface AnnouncerOptions {
  /** The folder of the clips: `/clips`. */
  readonly clipBase: string;
  /** What the sounds go to; closed with the announcer. */
  readonly context?: AudioContext;
  /** Where somebody is seen to touch or press something. */
  readonly gestures?: EventTarget;
}

/** Seconds of silence: before a sentence, and between two phrases. */
const beforeSentence = 0.35;
const betweenPhrases = 0.22;

/**
 * A browser that lets a page sound starts it within a fraction of this.
 */
const startLimitMs = 1000;

/** A sound may end so much later than by its length: then the device hangs. */
const overdueMs = 2000;

/** For a clip of unknown length, when time passes in silence. */
const usualClipSeconds = 0.5;

/** After these a browser lets the page sound. */
const gestureEvents = ["pointerup", "keydown", "click"] as const;

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  return new WebAudioAnnouncer(
    options.clipBase,
    options.context ?? newContext(),
    options.gestures ?? document,
  );
}

/** Undefined where there is no sound at all. */
function newContext(): AudioContext | undefined {
  try {
    return new AudioContext();
  } catch {
    return undefined;
  }
}

class WebAudioAnnouncer implements Announcer {
  readonly #context: AudioContext | undefined;
  readonly #clips: ClipStore | undefined;
  readonly #gestures: EventTarget;
  readonly #listeners = new Set<() => void>();
  readonly #closed = new AbortController();

  /** Ends with what is being said; the next call waits for it. */
  #last: Promise<void> = Promise.resolve();
  /** Whether the browser has had its time to start sounding. */
  readonly #started: Promise<void>;
  #triedToStart = false;
  #everRan = false;
  /** Whether what was tried last had all its clips. */
  #complete = true;
  #told: AnnouncerState = "ready";

  constructor(
    clipBase: string,
    context: AudioContext | undefined,
    gestures: EventTarget,
  ) {
    this.#context = context;
    this.#gestures = gestures;
    this.#clips = context && new ClipStore(clipBase, context);
    for (const event of gestureEvents) {
      gestures.addEventListener(event, this.#onGesture, { passive: true });
    }
    context?.addEventListener("statechange", this.#onContextState);
    this.#everRan = this.#isRunning();
    this.#started = this.#start();
    void this.#lookForClips();
  }

  get state(): AnnouncerState {
    if (this.#closed.signal.aborted) return "ready";
    if (this.#context === undefined) return "missing-clips";
    if (this.#triedToStart && !this.#isRunning()) return "needs-gesture";
    return this.#complete ? "ready" : "missing-clips";
  }

  say(call: SpokenCall): Promise<void> {
    const said = this.#last.then(() => this.#announce(call));
    this.#last = said;
    return said;
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  }

  close(): void {
    this.#closed.abort();
    this.#listeners.clear();
    for (const event of gestureEvents) {
      this.#gestures.removeEventListener(event, this.#onGesture);
    }
    this.#context?.removeEventListener("statechange", this.#onContextState);
    this.#context?.close().catch(() => {});
  }

  /** Never rejects. */
  async #announce(call: SpokenCall): Promise<void> {
    try {
      if (this.#closed.signal.aborted) return;
      if (await this.#isHeard()) {
        await this.#ringAndSay(call);
      } else {
        await this.#passTime(call);
      }
    } catch {
      // The browser took the sound away while it was used.
      this.#complete = false;
    }
    this.#tell();
  }

  async #ringAndSay(call: SpokenCall): Promise<void> {
    const context = this.#context;
    const clips = this.#clips;
    if (context === undefined || clips === undefined) return;

    const rung = this.#end(
      startChime(context, context.currentTime, call.pickup),
      chimeSeconds(call.pickup),
    );
    const sentences = sentencesOf(call, (await clips.list())?.seconds);
    const load = (index: number) => {
      const sentence = sentences[index];
      return sentence && clips.load(clipNamesOf([sentence]));
    };
    // While one sounds the next is fetched.
    let loading = load(0);
    await rung;
    let complete = true;
    for (const [index, sentence] of sentences.entries()) {
      const loaded = await loading;
      loading = load(index + 1);
      if (this.#closed.signal.aborted) return;
      if (loaded === undefined) {
        complete = false;
        continue;
      }
      const lengths = sentence.phrases.map((phrase) => phrase.length);
      await this.#sound(context, loaded, lengths);
    }
    if (sentences.length > 0) this.#complete = complete;
  }

  /** Plays `clips`, of which `lengths` says how many each phrase has. */
  async #sound(
    context: AudioContext,
    clips: readonly AudioBuffer[],
    lengths: readonly number[],
  ): Promise<void> {
    const begin = context.currentTime + beforeSentence;
    let at = begin;
    let next = 0;
    const sources: AudioBufferSourceNode[] = [];
    for (const length of lengths) {
      for (const clip of clips.slice(next, next + length)) {
        const source = context.createBufferSource();
        source.buffer = clip;
        source.connect(context.destination);
        source.start(at);
        sources.push(source);
        at += clip.duration;
      }
      next += length;
      at += betweenPhrases;
    }
    await this.#end(sources, at - context.currentTime);
    for (const source of sources) source.disconnect();
  }

  /**
   * Resolves when the last of `sources` has ended, which are to last `seconds`;
   * or when it is long overdue, or on close.
   */
  async #end(
    sources: readonly AudioScheduledSourceNode[],
    seconds: number,
  ): Promise<void> {
    const last = sources.at(-1);
    if (last === undefined) return;
    const ended = new Promise((resolve) =>
      last.addEventListener("ended", resolve, { once: true }),
    );
    const given = new AbortController();
    const giveUp = () => given.abort();
    this.#closed.signal.addEventListener("abort", giveUp, { once: true });
    await Promise.race([
      ended,
      pause(seconds * 1000 + overdueMs, given.signal),
    ]);
    this.#closed.signal.removeEventListener("abort", giveUp);
    given.abort();
  }

  /** Lets the time pass that `call` would have taken. */
  async #passTime(call: SpokenCall): Promise<void> {
    const list = this.#context && (await this.#clips?.list());
    const sentences = sentencesOf(call, list?.seconds);
    const seconds = sentences.reduce(
      (sum, sentence) =>
        sum +
        beforeSentence +
        sentence.phrases.length * betweenPhrases +
        clipNamesOf([sentence])
          .map((name) => list?.seconds.get(name) ?? usualClipSeconds)
          .reduce((all, each) => all + each, 0),
      chimeSeconds(call.pickup),
    );
    await pause(seconds * 1000, this.#closed.signal);
  }

  /** Whether sounds are heard now, as far as the browser says. */
  async #isHeard(): Promise<boolean> {
    await this.#started;
    if (!this.#isRunning() && this.#everRan) {
      // It was taken away, by a change of devices, say: ask for it again.
      await within(startLimitMs, this.#context?.resume() ?? Promise.resolve());
    }
    return this.#isRunning();
  }

  #isRunning(): boolean {
    return this.#context?.state === "running";
  }

  /**
   * Waits until the browser has started the context of itself. To ask for it
   * without a gesture would only be complained of in its console.
   */
  async #start(): Promise<void> {
    const context = this.#context;
    if (context !== undefined && !this.#isRunning()) {
      const changed = new Promise((resolve) =>
        context.addEventListener("statechange", resolve, { once: true }),
      );
      await within(startLimitMs, changed);
    }
    this.#triedToStart = true;
    this.#tell();
  }

  async #lookForClips(): Promise<void> {
    const list = await this.#clips?.list();
    if (list === undefined || list.seconds.size === 0) this.#complete = false;
    this.#tell();
  }

  #tell(): void {
    const state = this.state;
    if (state === this.#told) return;
    this.#told = state;
    for (const listener of this.#listeners) listener();
  }

  readonly #onContextState = (): void => {
    this.#everRan ||= this.#isRunning();
    this.#tell();
  };

  readonly #onGesture = (): void => {
    if (this.#isRunning()) return;
    this.#context?.resume().catch(() => {});
  };
}
