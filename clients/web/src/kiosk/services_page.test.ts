import { describe, expect, it } from "vitest";
import { mostButtons, pageOf } from "./services_page";

const letters = (count: number) => [..."abcdefghijklmnop"].slice(0, count);

describe("pageOf", () => {
  it("shows six at once", () => {
    expect(pageOf(letters(6), 0)).toEqual({ services: letters(6), hasMore: false });
  });

  it("never has more than six buttons, and shows each service once", () => {
    for (const count of [0, 1, 6, 7, 10, 11, 16]) {
      const shown: string[] = [];
      for (let index = 0; ; ++index) {
        const { services, hasMore } = pageOf(letters(count), index);
        expect(services.length + (hasMore ? 1 : 0)).toBeLessThanOrEqual(mostButtons);
        shown.push(...services);
        if (!hasMore) break;
      }
      expect(shown).toEqual(letters(count));
    }
  });

  it("shows the last page when the list has become shorter", () => {
    expect(pageOf(letters(7), 9).services).toEqual(["f", "g"]);
    expect(pageOf(letters(3), 9).services).toEqual(letters(3));
  });
});
