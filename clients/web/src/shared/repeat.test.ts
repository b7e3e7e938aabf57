import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newRequestId, repeat } from "./repeat";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Fails as `codes` say, one attempt after the other, then answers. */
function failing(...codes: Code[]) {
  const attempt = vi.fn(() => {
    const code = codes.shift();
    return code === undefined
      ? Promise.resolve("done")
      : Promise.reject(new ConnectError("no", code));
  });
  return attempt;
}

describe("repeat", () => {
  it("makes an attempt again while its outcome is unknown", async () => {
    const attempt = failing(
      Code.Unavailable,
      Code.DeadlineExceeded,
      Code.Canceled,
      Code.Unknown,
    );
    const onUnknown = vi.fn();
    const answer = repeat(attempt, { onUnknown });
    await vi.runAllTimersAsync();
    expect(await answer).toBe("done");
    expect(attempt).toHaveBeenCalledTimes(5);
    expect(onUnknown).toHaveBeenCalledTimes(4);
  });

  it("does not make a refused attempt again", async () => {
    const attempt = failing(Code.FailedPrecondition);
    await expect(repeat(attempt)).rejects.toMatchObject({
      code: Code.FailedPrecondition,
    });
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("gives up with the last failure when it is told to", async () => {
    const stop = new AbortController();
    const attempt = failing(...Array<Code>(100).fill(Code.Unavailable));
    const answer = repeat(attempt, { signal: stop.signal });
    const outcome = expect(answer).rejects.toMatchObject({
      code: Code.Unavailable,
    });
    stop.abort();
    await vi.runAllTimersAsync();
    await outcome;
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

describe("newRequestId", () => {
  it("is a random UUID, new each time", () => {
    const ids = new Set(Array.from({ length: 1000 }, newRequestId));
    expect(ids.size).toBe(1000);
    for (const id of ids) {
      expect(id).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });
});
