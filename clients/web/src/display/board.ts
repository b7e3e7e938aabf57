import type { Call } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { watchOffice, type Liveness, type OfficeWatch } from "../shared/office_watch";
import { Announcements } from "./announcements";
import type { BoardSettings } from "./board_settings";
import { ageMs, announcedForMs, applyUpdate, emptyHall, type Hall } from "./hall";
import { pageTurnMs } from "./pages";
import { spokenOf, type Voice, type VoiceState } from "./voice";

/** Everything a board shows at one moment. */
export interface BoardView {
  readonly hall: Hall;
  readonly liveness: Liveness;
  /** The call that is shown across the board. */
  readonly overlay: Call | undefined;
  /** The numbers that were announced a moment ago. */
  readonly marked: ReadonlySet<string>;
  /** Grows by one each `pageTurnMs`. */
  readonly turn: number;
  readonly voice: VoiceState;
}

export interface BoardOptions {
  readonly client: OfficeWatch["client"];
  /** As in `offices/honcho`. */
  readonly office: string;
  readonly settings: BoardSettings;
  readonly voice: Voice;
}

/**
 * One wall display: follows the office, announces, and turns its pages.
 *
 * What it holds does not grow with time, so that it may run for months.
 */
export class Board {
  readonly #options: BoardOptions;
  readonly #announcements: Announcements;
  readonly #readers = new Set<() => void>();
  readonly #end = new AbortController();
  readonly #leaveVoice: () => void;
  #view: BoardView;
  #turning: ReturnType<typeof setInterval> | undefined;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#announcements = new Announcements({
      say: (call) => options.voice.say(spokenOf(call)),
      isYoung: (call) => ageMs(this.#view.hall, call) <= announcedForMs,
      onChange: () => this.#change({}),
    });
    this.#view = {
      hall: emptyHall,
      liveness: { kind: "connecting" },
      overlay: undefined,
      marked: this.#announcements.marked,
      turn: 0,
      voice: options.voice.state,
    };
    this.#leaveVoice = options.voice.subscribe(() => this.#change({}));
  }

  /** Starts; resolves after `stop`. To be called once. */
  async run(): Promise<void> {
    this.#turning = setInterval(
      () => this.#change({ turn: this.#view.turn + 1 }),
      pageTurnMs,
    );
    await watchOffice({
      client: this.#options.client,
      office: this.#options.office,
      signal: this.#end.signal,
      onLiveness: (liveness) => this.#change({ liveness }),
      onUpdate: (update) => {
        const { zone } = this.#options.settings;
        const { hall, announce } = applyUpdate(this.#view.hall, update, zone);
        this.#change({ hall });
        this.#announcements.takeBack(update);
        for (const call of announce) this.#announcements.add(call);
      },
    });
  }

  /** Ends everything that goes on, the voice as well. */
  stop(): void {
    clearInterval(this.#turning);
    this.#announcements.stop();
    this.#leaveVoice();
    this.#options.voice.close();
    this.#end.abort();
  }

  /** What is shown now; the same object until something changes. */
  readonly view = (): BoardView => this.#view;

  /** Calls `reader` after each change until the function it answers is called. */
  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  };

  #change(news: Partial<BoardView>): void {
    this.#view = {
      ...this.#view,
      ...news,
      overlay: this.#announcements.overlay,
      marked: this.#announcements.marked,
      voice: this.#options.voice.state,
    };
    for (const reader of this.#readers) reader();
  }
}
