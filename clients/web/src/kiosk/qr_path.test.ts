import { describe, expect, it } from "vitest";
import { qrPathOf } from "./qr_path";

const link =
  "https://queue.example.jp/offices/honcho/tickets/20261128-renew-101#0123456789abcdef0123456789abcdef";

/** Whether the module at (x, y) is dark, read back from the path. */
function isDark(d: string, x: number, y: number): boolean {
  return [...d.matchAll(/M(\d+) (\d+)h(\d+)/g)].some(
    ([, from, row, run]) =>
      Number(row) === y && x >= Number(from) && x < Number(from) + Number(run),
  );
}

describe("qrPathOf", () => {
  it("draws the three eyes that a camera looks for, with room around", () => {
    const { size, d } = qrPathOf(link);
    const border = 4;
    const far = size - border - 7;
    for (const [x, y] of [
      [border, border],
      [far, border],
      [border, far],
    ] as const) {
      expect(isDark(d, x, y)).toBe(true);
      expect(isDark(d, x + 1, y + 1)).toBe(false);
      expect(isDark(d, x + 3, y + 3)).toBe(true);
    }
    for (let at = 0; at < size; ++at) expect(isDark(d, at, border - 1)).toBe(false);
  });

  it("is another code for another link", () => {
    expect(qrPathOf(link).d).not.toBe(qrPathOf(`${link}0`).d);
  });
});
