/** The last press that changed something. */
export interface Settled {
  /** The key or the place on the screen that was pressed. */
  readonly source: string;
  /** When its step was settled: machine time in ms. */
  readonly at: number;
}

/**
 * Within this time after a step was settled, the same key or the same place on
 * the screen means another thing than what it was pressed for: a double click on
 * "next" would start serving somebody who has not come.
 */
const slipMs = 500;

/** Whether a press at `source` is the second of a double press. */
export function isSlip(
  last: Settled | undefined,
  source: string,
  nowMs: number,
): boolean {
  return last?.source === source && nowMs - last.at < slipMs;
}
