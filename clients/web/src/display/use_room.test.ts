import { describe, expect, it } from "vitest";
import { rowsIn } from "./use_room";

describe("rowsIn", () => {
  it("counts whole rows and loses none to rounding", () => {
    expect(rowsIn(792, 132)).toBe(6);
    expect(rowsIn(791, 131.76)).toBe(6);
    expect(rowsIn(785, 131.76)).toBe(5);
  });

  it("is at least one", () => {
    expect(rowsIn(40, 131.76)).toBe(1);
  });

  it("assumes some where nothing is laid out", () => {
    expect(rowsIn(0, 0)).toBe(6);
  });
});
