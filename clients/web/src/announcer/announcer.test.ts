import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAnnouncer, type Announcer, type SpokenCall } from "./announcer";
import { chimeSeconds } from "./chime";
import { clipNamesOf, sentencesOf } from "./clip_sequence";

const clipSeconds = 0.5;

/** What sounded: a tone or a clip, and when, in seconds. */
interface Sound {
  readonly what: string;
  readonly at: number;
}

/** An audio device whose time is that of the fake timers. */
class FakeContext extends EventTarget {
  state: AudioContextState = "running";
  readonly destination = {};
  readonly sounds: Sound[] = [];
  connected = 0;
  /** Sounds do not end any more, as of a device that was pulled out. */
  stuck = false;
  readonly #began = Date.now();
  readonly #ends = new Set<ReturnType<typeof setTimeout>>();

  get currentTime(): number {
    return (Date.now() - this.#began) / 1000;
  }

  change(state: AudioContextState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }

  resume = vi.fn(async () => this.change("running"));

  async close(): Promise<void> {
    this.state = "closed";
    for (const end of this.#ends) clearTimeout(end);
  }

  async decodeAudioData(data: ArrayBuffer): Promise<AudioBuffer> {
    const name = new TextDecoder().decode(data);
    if (name === "") throw new DOMException("not a sound");
    return { duration: clipSeconds, name } as unknown as AudioBuffer;
  }

  createGain(): FakeNode {
    return new FakeNode(this);
  }

  createOscillator(): FakeOscillator {
    return new FakeOscillator(this);
  }

  createBufferSource(): FakeBufferSource {
    return new FakeBufferSource(this);
  }

  endAt(seconds: number, source: FakeNode): void {
    const timer = setTimeout(
      () => {
        this.#ends.delete(timer);
        if (this.stuck || this.state !== "running") return;
        source.dispatchEvent(new Event("ended"));
        source.onended?.();
      },
      (seconds - this.currentTime) * 1000,
    );
    this.#ends.add(timer);
  }
}

class FakeNode extends EventTarget {
  onended: (() => void) | null = null;
  readonly gain = {
    setValueAtTime() {},
    linearRampToValueAtTime() {},
    exponentialRampToValueAtTime() {},
  };
  readonly context: FakeContext;
  #isConnected = false;

  constructor(context: FakeContext) {
    super();
    this.context = context;
  }

  connect<T>(target: T): T {
    this.#isConnected = true;
    this.context.connected += 1;
    return target;
  }

  disconnect(): void {
    if (this.#isConnected) this.context.connected -= 1;
    this.#isConnected = false;
  }
}

class FakeOscillator extends FakeNode {
  type = "sine";
  readonly frequency = {
    setValueAtTime: (hertz: number, at: number) =>
      void this.context.sounds.push({ what: `${Math.round(hertz)} Hz`, at }),
  };

  start(): void {}

  stop(at: number): void {
    this.context.endAt(at, this);
  }
}

class FakeBufferSource extends FakeNode {
  buffer: { readonly duration: number; readonly name: string } | null = null;

  start(at: number): void {
    const { name = "", duration = 0 } = this.buffer ?? {};
    this.context.sounds.push({ what: name, at });
    this.context.endAt(at + duration, this);
  }
}

const everyClip = new Set(
  ["ja", "ja-easy", "en"].flatMap((language) =>
    Array.from({ length: 200 }, (_, number) =>
      clipNamesOf(
        sentencesOf({
          number: String(number),
          counter: "2",
          language,
          recall: number % 2 === 1,
          pickup: number % 3 === 1,
        }),
      ),
    ).flat(),
  ),
);

/** What the gateway has: each clip says its own name. */
let there: Set<string>;
let asked: string[];
/** A gateway that does not answer, but does not hang up either. */
let silent: boolean;

async function fakeFetch(address: string): Promise<Response> {
  asked.push(address);
  if (silent) return new Promise(() => {});
  const file = /^\/clips\/(.*?)(\.opus\?k|\.json)$/;
  const [, name = ""] = address.match(file) ?? [];
  if (name === "clips") {
    const entries = [...there].map((each) => [
      each,
      { seconds: clipSeconds, source: "synthetic", key: "k" },
    ]);
    return Response.json({ clips: Object.fromEntries(entries) });
  }
  if (there.has(name)) return new Response(name);
  return new Response("", { status: 404 });
}

function call(changes: Partial<SpokenCall> = {}): SpokenCall {
  return {
    number: "7",
    counter: "2",
    language: "ja",
    recall: false,
    pickup: false,
    ...changes,
  };
}

let context: FakeContext;
let gestures: EventTarget;
let announcer: Announcer;

function create(state: AudioContextState = "running"): void {
  context = new FakeContext();
  context.state = state;
  gestures = new EventTarget();
  announcer = createAnnouncer({
    clipBase: "/clips/",
    context: context as unknown as AudioContext,
    gestures,
  });
}

/** Says a call to its end, and answers how many seconds that took. */
async function secondsToSay(changes: Partial<SpokenCall> = {}) {
  const began = Date.now();
  let ended: number | undefined;
  void announcer.say(call(changes)).then(() => (ended = Date.now()));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toBeDefined();
  return ((ended ?? Infinity) - began) / 1000;
}

function spoken(): string[] {
  return context.sounds
    .map((sound) => sound.what)
    .filter((what) => !what.endsWith("Hz"));
}

beforeEach(() => {
  vi.useFakeTimers();
  there = new Set(everyClip);
  asked = [];
  silent = false;
  vi.stubGlobal("fetch", fakeFetch);
  create();
});

afterEach(() => {
  announcer.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a call", () => {
  it("rings, then is said clip by clip without gaps in a phrase", async () => {
    await secondsToSay();
    const names = context.sounds.map((sound) => sound.what);
    const clips = clipNamesOf(sentencesOf(call()));
    expect(names).toEqual(["659 Hz", "523 Hz", ...clips]);
    const at = new Map(context.sounds.map((sound) => [sound.what, sound.at]));
    expect(at.get("ja.ticket")).toBeGreaterThan(chimeSeconds(false));
    const seven = at.get("ja.7") ?? 0;
    const ticket = at.get("ja.ticket") ?? 0;
    expect(seven - ticket).toBeGreaterThan(clipSeconds + 0.1);
    expect((at.get("ja.visitor") ?? 0) - seven).toBeCloseTo(2 * clipSeconds);
    expect(announcer.state).toBe("ready");
  });

  it("ends when its last clip has ended", async () => {
    const seconds = await secondsToSay({ language: "en" });
    const last = context.sounds.at(-1);
    expect(last?.what).toBe("en.2");
    expect(seconds).toBeCloseTo((last?.at ?? 0) + clipSeconds, 1);
  });

  it("has another chime for a pick-up", async () => {
    await secondsToSay({ pickup: true });
    expect(context.sounds[0]?.what).toBe("523 Hz");
    expect(spoken()[0]).toBe("ja.again");
  });

  it("waits for the call before it", async () => {
    void announcer.say(call({ number: "7" }));
    await secondsToSay({ number: "8" });
    const numbers = spoken().filter((name) => /[78]/.test(name));
    expect(numbers).toEqual(["ja.7", "ja.8"]);
    const ends = context.sounds.map((sound) => sound.at);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });

  it("leaves nothing connected", async () => {
    await secondsToSay({ language: "en", recall: true });
    expect(context.connected).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("clips", () => {
  it("are fetched once", async () => {
    await secondsToSay();
    await secondsToSay();
    expect(asked.length).toBe(new Set(asked).size);
  });

  it("are not kept without end", async () => {
    const counters = Array.from({ length: 165 }, (_, index) => `c${index}`);
    for (const counter of counters) there.add(`ja.counter.${counter}`);
    create();
    for (const counter of counters) await secondsToSay({ counter });
    asked = [];
    await secondsToSay({ counter: "c164" });
    expect(asked).toEqual([]);
    await secondsToSay({ counter: "c0" });
    expect(asked).toEqual(["/clips/ja.counter.c0.opus?k"]);
  });

  it("that are missing silence their sentence, not the next", async () => {
    there.delete("ja.come");
    create();
    await secondsToSay({ language: "en" });
    expect(spoken()).toEqual(["en.ticket", "en.7", "en.come", "en.2"]);
    expect(announcer.state).toBe("missing-clips");
  });

  it("that come back are said again", async () => {
    there.clear();
    create();
    const seconds = await secondsToSay();
    expect(spoken()).toEqual([]);
    expect(seconds).toBeCloseTo(chimeSeconds(false), 1);
    expect(announcer.state).toBe("missing-clips");
    there = new Set(everyClip);
    await secondsToSay();
    expect(spoken()).toEqual(clipNamesOf(sentencesOf(call())));
    expect(announcer.state).toBe("ready");
  });

  it("that are no sounds are missing", async () => {
    vi.stubGlobal("fetch", async (address: string) =>
      address.endsWith(".json") ? fakeFetch(address) : new Response(""),
    );
    await secondsToSay();
    expect(spoken()).toEqual([]);
    expect(announcer.state).toBe("missing-clips");
  });

  it("are missing if their list is another page", async () => {
    vi.stubGlobal("fetch", async () => new Response("<!doctype html>"));
    create();
    await vi.advanceTimersByTimeAsync(0);
    expect(announcer.state).toBe("missing-clips");
  });

  it("that do not come are not waited for without end", async () => {
    await secondsToSay({ number: "1" });
    silent = true;
    const seconds = await secondsToSay({ number: "199", language: "en" });
    expect(seconds).toBeLessThan(15);
    expect(announcer.state).toBe("missing-clips");
    silent = false;
    await secondsToSay({ number: "199", language: "en" });
    expect(spoken()).toContain("ja.100");
    expect(announcer.state).toBe("ready");
  });
});

describe("a browser that asks for a gesture", () => {
  beforeEach(() => create("suspended"));

  it("is said so, and calls take the time that they would have", async () => {
    const seconds = await secondsToSay();
    expect(announcer.state).toBe("needs-gesture");
    expect(context.sounds).toEqual([]);
    expect(context.resume).not.toHaveBeenCalled();
    const clips = clipNamesOf(sentencesOf(call())).length;
    const atLeast = chimeSeconds(false) + clips * clipSeconds;
    expect(seconds).toBeGreaterThan(atLeast);
    expect(seconds).toBeLessThan(atLeast + 3);
  });

  it("lets the next call sound after one", async () => {
    await secondsToSay();
    const changed = vi.fn();
    announcer.subscribe(changed);
    gestures.dispatchEvent(new Event("pointerup"));
    await vi.advanceTimersByTimeAsync(0);
    expect(announcer.state).toBe("ready");
    expect(changed).toHaveBeenCalledTimes(1);
    await secondsToSay();
    expect(spoken()).toEqual(clipNamesOf(sentencesOf(call())));
  });

  it("is given a moment to start by itself", async () => {
    void announcer.say(call());
    await vi.advanceTimersByTimeAsync(300);
    expect(announcer.state).toBe("ready");
    context.change("running");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(spoken()).toEqual(clipNamesOf(sentencesOf(call())));
  });
});

describe("a device that goes", () => {
  it("in the middle of a sentence does not hold up the next call", async () => {
    void announcer.say(call());
    await vi.advanceTimersByTimeAsync(2500);
    context.stuck = true;
    await vi.advanceTimersByTimeAsync(8000);
    context.stuck = false;
    const before = context.sounds.length;
    await secondsToSay({ number: "8" });
    expect(context.sounds.length).toBeGreaterThan(before);
  });

  it("is asked for again at the next call", async () => {
    await secondsToSay();
    context.change("suspended");
    expect(announcer.state).toBe("needs-gesture");
    await secondsToSay({ number: "8" });
    expect(spoken()).toContain("ja.8");
    expect(announcer.state).toBe("ready");
  });

  it("while it is used is no error of the call", async () => {
    context.createBufferSource = () => {
      throw new DOMException("closed");
    };
    await secondsToSay();
    expect(announcer.state).toBe("missing-clips");
  });
});

describe("without sound in the browser", () => {
  it("calls take their time", async () => {
    vi.stubGlobal("AudioContext", undefined);
    announcer = createAnnouncer({ clipBase: "/clips", gestures });
    expect(announcer.state).toBe("missing-clips");
    expect(await secondsToSay()).toBeGreaterThan(3);
  });
});

describe("close", () => {
  it("ends what is being said, and whatever waits", async () => {
    const ended = vi.fn();
    void announcer.say(call()).then(ended);
    void announcer.say(call()).then(ended);
    await vi.advanceTimersByTimeAsync(2500);
    announcer.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledTimes(2);
    expect(context.state).toBe("closed");
    expect(vi.getTimerCount()).toBe(0);
    await announcer.say(call());
  });
});
