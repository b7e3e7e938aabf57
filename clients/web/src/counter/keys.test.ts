import { expect, test } from "vitest";
import { commands, keyOf, keysOf, readKey, type KeyDown } from "./keys";

const down = (key: string, more: Partial<KeyDown> = {}) =>
  readKey({
    key,
    code: "",
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    repeat: false,
    ...more,
  });

test("reads keys", () => {
  expect(down("n")?.command).toBe("call_next");
  expect(down(" ")?.command).toBe("call_next");
  expect(down("N")?.command).toBe("call_next");
  expect(down("c")?.command).toBe("complete");
  expect(down("f")?.command).toBe("complete");
  expect(down("C")?.command).toBe("complete_as");
  expect(down("j")?.command).toBe("case");
  expect(down("y")).toBeUndefined();
  expect(down("Escape")).toBeUndefined();
  expect(down("")).toBeUndefined();
  expect(down("toString")).toBeUndefined();
});

test("a digit is an outcome", () => {
  expect(down("3")).toEqual({ command: "outcome", place: 3 });
  expect(down("0")).toBeUndefined();
});

test("an input method left on does not disarm the keys", () => {
  expect(down("ｎ")?.command).toBe("call_next");
  expect(down("　")?.command).toBe("call_next");
  expect(down("Ｓ")?.command).toBe("start");
  expect(down("／")?.command).toBe("find");
  expect(down("２")?.place).toBe(2);
  expect(down("あ")).toBeUndefined();
  expect(down("Process", { code: "KeyN" })?.command).toBe("call_next");
  expect(down("Process", { code: "Digit4" })?.place).toBe(4);
  expect(down("Process", { code: "Space" })?.command).toBe("call_next");
  expect(down("Process", { code: "Convert" })).toBeUndefined();
});

test("a key held down counts once, and the browser keeps its own keys", () => {
  expect(down("n", { repeat: true })).toBeUndefined();
  for (const modifier of ["ctrlKey", "altKey", "metaKey"] as const) {
    expect(down("r", { [modifier]: true })).toBeUndefined();
  }
});

test("each command has a key of its own", () => {
  const seen = new Set<string>();
  for (const command of commands.filter((one) => one !== "outcome")) {
    for (const key of keysOf(command)) {
      expect(seen.has(key)).toBe(false);
      seen.add(key);
      expect(down(key)?.command).toBe(command);
    }
    expect(keyOf(command)).not.toBe("");
  }
});
