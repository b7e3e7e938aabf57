import { describe, expect, it } from "vitest";
import { arrowTo, parseBoardSettings } from "./board_settings";

const parse = (search: string) =>
  parseBoardSettings(new URLSearchParams(search));

describe("the settings of a board", () => {
  it("are those of a whole office with sound if the address says nothing", () => {
    const settings = parse("");
    expect(settings.zone).toEqual({ counters: new Set(), services: new Set() });
    expect(arrowTo(settings, "2")).toBe("right");
    expect(settings.timeZone).toBe("Asia/Tokyo");
    expect(settings.hasSound).toBe(true);
    expect(settings.notices).toEqual([]);
    expect(settings.problems).toEqual([]);
  });

  it("name the counters and the services of the zone", () => {
    const { zone } = parse("counters=2, 3&services=renew_self,consult");
    expect(zone.counters).toEqual(new Set(["2", "3"]));
    expect(zone.services).toEqual(new Set(["renew_self", "consult"]));
  });

  it("point to each counter, and to all others one way", () => {
    const settings = parse("arrows=2:left,5:up-right,*:down");
    expect(arrowTo(settings, "2")).toBe("left");
    expect(arrowTo(settings, "5")).toBe("up-right");
    expect(arrowTo(settings, "9")).toBe("down");
  });

  it("take notices from the catalogue, as many as are named", () => {
    const settings = parse("notice=kiosk.assist,display.now_calling");
    expect(settings.notices).toEqual(["kiosk.assist", "display.now_calling"]);
    expect(parse("notice=kiosk.assist&notice=kiosk.privacy").notices).toEqual([
      "kiosk.assist",
      "kiosk.privacy",
    ]);
  });

  it("leave out what they do not understand, and tell it", () => {
    const settings = parse(
      "arrows=2:north,3:left&notice=no.such,display.call" +
        "&zone=Mars/Olympus&sound=loud",
    );
    expect(arrowTo(settings, "2")).toBe("right");
    expect(arrowTo(settings, "3")).toBe("left");
    expect(settings.notices).toEqual([]);
    expect(settings.timeZone).toBe("Asia/Tokyo");
    expect(settings.hasSound).toBe(true);
    expect(settings.problems).toEqual([
      "arrows=2:north",
      "notice=no.such",
      "notice=display.call",
      "zone=Mars/Olympus",
      "sound=loud",
    ]);
  });

  it("turn the sound off and the clock to another place", () => {
    const settings = parse("sound=off&zone=UTC");
    expect(settings.hasSound).toBe(false);
    expect(settings.timeZone).toBe("UTC");
    expect(settings.problems).toEqual([]);
  });
});
