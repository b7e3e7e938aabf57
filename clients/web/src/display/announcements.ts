import {
  OfficeEvent_Kind as Kind,
  type Call,
  type OfficeUpdate,
} from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ticket_State as State } from "../gen/madoguchi/ticketing/v1/ticket_pb";

/** How long the hall sees a call across the whole board. */
export const overlayMs = 6_000;
/** How long the list behind is seen before the next call covers it: whoever looks
 * up too late must find his number even in a busy hall. */
export const listMs = 3_000;
/** How long a call stays marked as new. */
export const markedForMs = 20_000;
/** A voice that takes longer than this has got stuck: the next call goes on. */
export const voiceLimitMs = 30_000;

export interface AnnouncementOptions {
  /** Says `call` aloud; resolves when it has ended or cannot be said. */
  readonly say: (call: Call) => Promise<void>;
  /** Whether `call` is still young enough to be told. */
  readonly isYoung: (call: Call) => boolean;
  /** Told when `overlay` or `marked` changes. */
  readonly onChange: () => void;
}

/**
 * Deals announcements out one at a time, in the order of the calls: what is seen
 * across the board and what is heard begin together, and none cuts another off.
 *
 * Uses the timers of the machine: how long people get to read does not depend on
 * the office's clock.
 */
export class Announcements {
  readonly #options: AnnouncementOptions;
  #waiting: Call[] = [];
  /** Resolves when the call being told has had its time; none is told if unset. */
  #telling: Telling | undefined;
  readonly #marks = new Map<string, ReturnType<typeof setTimeout>>();
  #marked: ReadonlySet<string> = new Set();

  constructor(options: AnnouncementOptions) {
    this.#options = options;
  }

  /** The call that is shown across the board now. */
  get overlay(): Call | undefined {
    return this.#telling?.overlay;
  }

  /** The numbers that were told within `markedForMs`; another set if another. */
  get marked(): ReadonlySet<string> {
    return this.#marked;
  }

  /** How many have not had their turn. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  add(call: Call): void {
    // Whoever has grown old meanwhile is not told, and must not pile up either.
    this.#waiting = this.#waiting.filter(this.#options.isYoung);
    this.#waiting.push(call);
    if (this.#telling === undefined) this.#tellNext();
  }

  /**
   * Drops what has become false through `update`: a call that was taken back,
   * those that a new picture does not know, or everything when a day begins. A
   * voice that has begun is not cut off.
   */
  takeBack({ update }: OfficeUpdate): void {
    if (update.case === "snapshot") {
      const known = new Set(update.value.calls.map((call) => call.number));
      this.#drop((call) => !known.has(call.number));
    } else if (update.case === "event") {
      const { kind, call } = update.value;
      if (kind === Kind.DAY_OPENED) this.#drop(() => true);
      const isGone =
        kind === Kind.LEFT ||
        (kind === Kind.CORRECTED && call?.state !== State.CALLED);
      if (isGone) this.#drop(({ number }) => number === call?.number);
    }
  }

  /** Ends every timer; nothing is told any more. */
  stop(): void {
    this.#waiting = [];
    this.#telling?.end();
    this.#telling = undefined;
    for (const timer of this.#marks.values()) clearTimeout(timer);
    this.#marks.clear();
  }

  #tellNext(): void {
    this.#telling = undefined;
    const next = this.#waiting.find(this.#options.isYoung);
    if (next === undefined) {
      this.#waiting = [];
    } else {
      this.#waiting = this.#waiting.slice(this.#waiting.indexOf(next) + 1);
      this.#mark(next.number);
      this.#telling = new Telling(
        next,
        this.#options.say(next),
        this.#options.onChange,
        () => this.#tellNext(),
      );
    }
    this.#options.onChange();
  }

  #mark(number: string): void {
    clearTimeout(this.#marks.get(number));
    this.#marks.set(
      number,
      setTimeout(() => {
        this.#unmark(number);
        this.#options.onChange();
      }, markedForMs),
    );
    this.#marked = new Set(this.#marks.keys());
  }

  #unmark(number: string): void {
    clearTimeout(this.#marks.get(number));
    if (this.#marks.delete(number)) this.#marked = new Set(this.#marks.keys());
  }

  #drop(isGone: (call: Call) => boolean): void {
    this.#waiting = this.#waiting.filter((call) => !isGone(call));
    const { overlay } = this;
    if (overlay === undefined || !isGone(overlay)) return;
    this.#unmark(overlay.number);
    this.#telling?.hide();
    this.#options.onChange();
  }
}

/** One call while it is told: it has ended when both eye and ear had theirs. */
class Telling {
  overlay: Call | undefined;
  readonly #onEnd: () => void;
  #sightTimer: ReturnType<typeof setTimeout>;
  readonly #voiceTimer: ReturnType<typeof setTimeout>;
  #isSightOver = false;
  #isVoiceOver = false;
  #hasEnded = false;

  constructor(
    call: Call,
    voice: Promise<void>,
    onHidden: () => void,
    onEnd: () => void,
  ) {
    this.overlay = call;
    this.#onEnd = onEnd;
    this.#sightTimer = setTimeout(() => {
      this.overlay = undefined;
      this.#sightTimer = setTimeout(() => this.hide(), listMs);
      onHidden();
    }, overlayMs);
    this.#voiceTimer = setTimeout(() => this.#endVoice(), voiceLimitMs);
    // A voice that fails has ended as well: the board goes on in silence.
    voice.then(
      () => this.#endVoice(),
      () => this.#endVoice(),
    );
  }

  /** Ends what is seen at once. */
  hide(): void {
    clearTimeout(this.#sightTimer);
    this.overlay = undefined;
    this.#isSightOver = true;
    this.#endIfBothAreOver();
  }

  /** Ends the timers without going on. */
  end(): void {
    clearTimeout(this.#sightTimer);
    clearTimeout(this.#voiceTimer);
    this.#hasEnded = true;
  }

  #endVoice(): void {
    clearTimeout(this.#voiceTimer);
    this.#isVoiceOver = true;
    this.#endIfBothAreOver();
  }

  #endIfBothAreOver(): void {
    if (this.#hasEnded || !this.#isVoiceOver || !this.#isSightOver) return;
    this.end();
    this.#onEnd();
  }
}
