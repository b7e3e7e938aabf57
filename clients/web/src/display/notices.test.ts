import { describe, expect, it } from "vitest";
import { noticeAt } from "./notices";
import { makeOfficeClock } from "./office_clock";
import { ten } from "./testing/updates";

describe("the notice", () => {
  it("tells of the busy hours from ten to three and not outside them", () => {
    expect(noticeAt(9 * 60 + 59, [], 0)).toBeUndefined();
    expect(noticeAt(10 * 60, [], 0)).toBe("display.notice_busy");
    expect(noticeAt(14 * 60 + 59, [], 0)).toBe("display.notice_busy");
    expect(noticeAt(15 * 60, [], 0)).toBeUndefined();
  });

  it("is followed by the others, each for two turns", () => {
    const others = ["kiosk.assist"] as const;
    const shown = [0, 1, 2, 3, 4].map((turn) => noticeAt(600, others, turn));
    expect(shown).toEqual([
      "display.notice_busy",
      "display.notice_busy",
      "kiosk.assist",
      "kiosk.assist",
      "display.notice_busy",
    ]);
  });

  it("is that of the board alone outside the busy hours", () => {
    expect(noticeAt(16 * 60, ["kiosk.assist"], 7)).toBe("kiosk.assist");
  });
});

describe("the office's clock", () => {
  it("shows the time where the office is", () => {
    const tokyo = makeOfficeClock("Asia/Tokyo");
    const at = (ten + 42 * 60 + 7) * 1_000;
    expect(tokyo.clock(at)).toBe("10:42");
    expect(tokyo.seconds(at)).toBe("10:42:07");
    expect(tokyo.dateJa(at)).toBe("11月30日(月)");
    expect(tokyo.dateEn(at)).toBe("Mon 30 Nov");
    expect(tokyo.minuteOfDay(at)).toBe(642);
    expect(makeOfficeClock("UTC").clock(at)).toBe("01:42");
  });

  it("writes midnight as 00:00", () => {
    const midnight = (ten + 14 * 3_600) * 1_000;
    expect(makeOfficeClock("Asia/Tokyo").clock(midnight)).toBe("00:00");
  });
});
