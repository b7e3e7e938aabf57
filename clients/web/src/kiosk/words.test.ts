import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  KioskUpdate_Hindrance as Hindrance,
  Press_State as PressState,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { DeviceState_Printer as Printer } from "../gen/madoguchi/ticketing/v1/device_service_pb";
import { languages, textOf } from "../shared/texts";
import {
  countedLines,
  needOf,
  printerWords,
  refusalWords,
  stuckWords,
  whyOf,
} from "./words";

const valuesOf = <Value extends number>(of: Record<string, string | Value>) =>
  Object.values(of).filter((value): value is Value => typeof value === "number");

function refusal(reason: string, metadata: Record<string, string> = {}) {
  return { code: Code.FailedPrecondition, reason, metadata, message: "" };
}

describe("whyOf", () => {
  it("has words for everything that may stand in the way", () => {
    for (const hindrance of valuesOf<Hindrance>(Hindrance)) {
      const why = whyOf(hindrance);
      if (hindrance === Hindrance.HINDRANCE_UNSPECIFIED) expect(why).toBeNull();
      else expect(why).not.toBeNull();
    }
    expect(whyOf("lost")).not.toBeNull();
  });
});

describe("printerWords", () => {
  it("tells each state of a printer from the others", () => {
    const words = valuesOf<Printer>(Printer).map(printerWords);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe("stuckWords", () => {
  it("names the number where there is one", () => {
    for (const state of [PressState.NOT_PRINTED, PressState.PRINT_UNKNOWN]) {
      const { id, values } = stuckWords(state, "A101");
      for (const language of languages) {
        expect(textOf(language, id, values)).toContain("A101");
      }
    }
  });
});

describe("refusalWords", () => {
  it("says what the servers refuse in the catalogue's words", () => {
    expect(refusalWords(refusal("STORE_FULL"))?.id).toBe("reason.STORE_FULL");
  });

  it("says when a locked key may be tried again", () => {
    const words = refusalWords(refusal("STAFF_KEY_LOCKED", { seconds: "30" }));
    expect(words && textOf("en", words.id, words.values)).toContain("30 seconds");
  });

  it("leaves what it does not know to the server's words", () => {
    expect(refusalWords(refusal("NO_SUCH_REASON"))).toBeNull();
    expect(refusalWords(refusal("toString"))).toBeNull();
  });
});

describe("countedLines", () => {
  it("puts each thing that is needed on a line of its own", () => {
    for (const language of languages) {
      expect(countedLines(textOf(language, "kiosk.need_proxy"))).toHaveLength(4);
      expect(countedLines(textOf(language, "kiosk.need_reset"))).toHaveLength(1);
    }
  });
});

describe("needOf", () => {
  it("has something to say where the city says something", () => {
    expect(needOf("renew_proxy")).toBe("kiosk.need_proxy");
    expect(needOf("consult")).toBeNull();
    expect(needOf("constructor")).toBeNull();
  });
});
