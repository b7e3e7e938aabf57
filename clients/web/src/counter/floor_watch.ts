import { pause } from "../shared/pause";

/** What happens within this time is seen with one look. */
const atMostEachMs = 1_000;
const atLeastEachMs = 5_000;

/**
 * Looks when something happened, and now and then anyway: the hall's stream does
 * not tell all that staff may know.
 */
export class FloorWatch {
  #wake = new AbortController();

  /** Says that something happened. */
  wake(): void {
    this.#wake.abort();
  }

  /** Makes one `look` after the other. Returns when `signal` aborts. */
  async run(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const end = () => this.wake();
    signal.addEventListener("abort", end);
    while (!signal.aborted) {
      this.#wake = new AbortController();
      await look();
      await pause(atMostEachMs, signal);
      if (signal.aborted) break;
      await pause(atLeastEachMs - atMostEachMs, this.#wake.signal);
    }
    signal.removeEventListener("abort", end);
  }
}
