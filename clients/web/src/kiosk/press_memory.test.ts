// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import {
  forgetPress,
  rememberedMs,
  rememberedPress,
  rememberPress,
} from "./press_memory";

const order = { requestId: "id-1", service: "renew_self", language: "en" } as const;

beforeEach(() => sessionStorage.clear());

describe("rememberedPress", () => {
  it("finds the press that a reload interrupted", () => {
    rememberPress(sessionStorage, order, 1_000);
    expect(rememberedPress(sessionStorage, 2_000)).toEqual(order);
    forgetPress(sessionStorage);
    expect(rememberedPress(sessionStorage, 2_000)).toBeNull();
  });

  it("asks for nobody who pressed long ago", () => {
    rememberPress(sessionStorage, order, 1_000);
    expect(rememberedPress(sessionStorage, 1_001 + rememberedMs)).toBeNull();
    expect(rememberedPress(sessionStorage, 999)).toBeNull();
  });

  it("takes nothing that it did not write", () => {
    for (const kept of ["", "{", "null", "7", '{"requestId":1}']) {
      sessionStorage.setItem("kiosk-press", kept);
      expect(rememberedPress(sessionStorage, 0)).toBeNull();
    }
  });

  it("does without a storage that refuses", () => {
    const refusing = {
      getItem: () => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("denied");
      },
      removeItem: () => {
        throw new Error("denied");
      },
    } as unknown as Storage;
    rememberPress(refusing, order, 0);
    forgetPress(refusing);
    expect(rememberedPress(refusing, 0)).toBeNull();
  });
});
