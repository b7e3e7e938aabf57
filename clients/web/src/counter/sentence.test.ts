import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { sentenceOf, spoken } from "./sentence";

test("speaks a clerk's words", () => {
  const sentence = sentenceOf({
    code: Code.FailedPrecondition,
    reason: "RECALL_TOO_SOON",
    metadata: { seconds_left: "42" },
    message: "as the server says it",
  });
  expect(spoken(sentence, "ja")).toBe(
    "お呼びしたばかりです。あと42秒お待ちください",
  );
  expect(spoken(sentence, "en")).toBe(
    "Called a moment ago. Wait another 42 s.",
  );
});

test("falls back to the server's message", () => {
  const unknown = sentenceOf({
    code: Code.Internal,
    reason: "UNHEARD_OF",
    metadata: {},
    message: "broken",
  });
  expect(spoken(unknown, "en")).toContain("broken");
  expect(spoken(unknown, "ja")).toContain("UNHEARD_OF");
});
