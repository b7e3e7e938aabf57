import { expect, test } from "vitest";
import { isSlip } from "./slip";

test("the second half of a double press is a slip, another press is not", () => {
  const last = { source: "next_step", at: 1_000 };
  expect(isSlip(undefined, "next_step", 1_000)).toBe(false);
  expect(isSlip(last, "next_step", 1_499)).toBe(true);
  expect(isSlip(last, "next_step", 1_500)).toBe(false);
  expect(isSlip(last, "recall", 1_001)).toBe(false);
});
