import { describe, expect, it } from "vitest";
import { addressOf } from "./screens";

describe("addressOf", () => {
  it("gives each screen a host name of its own on this machine", () => {
    const here = new URL("http://localhost:8080/");
    expect(addressOf("display", here)).toBe("http://display.localhost:8080/");
    expect(addressOf("counter", here)).toBe("http://counter.localhost:8080/");
    expect(addressOf("display", new URL("http://127.0.0.1:9000/"))).toBe(
      "http://display.localhost:9000/",
    );
  });

  it("names the screen in the path where another machine looks", () => {
    const here = new URL("http://192.0.2.7:8080/?lang=en");
    expect(addressOf("counter", here)).toBe("http://192.0.2.7:8080/counter");
  });

  it("finds the kiosk at its ticket machine", () => {
    expect(addressOf("kiosk", new URL("http://localhost:8080/"))).toBe(
      "http://kiosk.localhost:8085/",
    );
    expect(addressOf("kiosk", new URL("http://192.0.2.7/"))).toBe(
      "http://192.0.2.7:85/",
    );
  });

  it("keeps the office", () => {
    expect(addressOf("display", new URL("http://localhost:8080/?office=tobu"))).toBe(
      "http://display.localhost:8080/?office=tobu",
    );
  });
});
