import { describe, expect, it } from "vitest";
import { noTap, tap, trembleMs } from "./tap_guard";

/** Taps one thing after the other; which of them count. */
function counted(...taps: [what: string, at: number][]): boolean[] {
  let memory = noTap;
  return taps.map(([what, at]) => {
    const { counts, memory: next } = tap(memory, what, at);
    memory = next;
    return counts;
  });
}

describe("tap", () => {
  it("takes the same tap at once for a tremble", () => {
    expect(counted(["yes", 0], ["yes", trembleMs - 1])).toEqual([true, false]);
    expect(counted(["yes", 0], ["yes", trembleMs])).toEqual([true, true]);
  });

  it("takes a finger that rests for one tap, however long", () => {
    expect(
      counted(["yes", 0], ["yes", 600], ["yes", 1_200], ["yes", 1_800]),
    ).toEqual([true, false, false, false]);
  });

  it("does not press what has come under the finger", () => {
    expect(counted(["service renew_self", 0], ["yes", 200])).toEqual([true, false]);
  });

  it("does not wait for ever for a hand that hits everything", () => {
    expect(
      counted(["a", 0], ["b", 400], ["c", 750], ["d", 1_100], ["e", 1_500]),
    ).toEqual([true, false, true, false, true]);
  });
});
