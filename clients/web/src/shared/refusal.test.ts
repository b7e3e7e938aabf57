import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { ErrorInfoSchema } from "../gen/madoguchi/rpc/v1/status_pb";
import { isOutcomeUnknown, refusalOf } from "./refusal";

function refused(code: Code, reason: string): ConnectError {
  const error = new ConnectError("Wait.", code);
  error.details.push({
    type: "google.rpc.ErrorInfo",
    value: toBinary(
      ErrorInfoSchema,
      create(ErrorInfoSchema, { reason, metadata: { seconds_left: "7" } }),
    ),
  });
  return error;
}

describe("refusalOf", () => {
  it("reads the reason and the moving parts of the message", () => {
    expect(refusalOf(refused(Code.FailedPrecondition, "RECALL_TOO_SOON"))).toEqual({
      code: Code.FailedPrecondition,
      reason: "RECALL_TOO_SOON",
      metadata: { seconds_left: "7" },
      message: "Wait.",
    });
  });

  it("has no reason where the details are damaged or of another kind", () => {
    const error = new ConnectError("Wait.", Code.Internal);
    error.details.push({ type: "google.rpc.Help", value: new Uint8Array() });
    error.details.push({
      type: "google.rpc.ErrorInfo",
      value: new Uint8Array([0xff]),
    });
    expect(refusalOf(error)).toMatchObject({ reason: "", code: Code.Internal });
  });

  it("takes anything that failed", () => {
    expect(refusalOf(new TypeError("Failed to fetch")).code).toBe(Code.Unknown);
  });
});

describe("isOutcomeUnknown", () => {
  it("is so for a lost connection and for a command to look again", () => {
    const open = [Code.Unavailable, Code.DeadlineExceeded, Code.Canceled];
    for (const code of open) {
      expect(isOutcomeUnknown(refusalOf(refused(code, "X")))).toBe(true);
    }
    expect(isOutcomeUnknown(refusalOf(new TypeError("Failed to fetch")))).toBe(true);
    expect(isOutcomeUnknown(refusalOf(refused(Code.Aborted, "LOOK_AGAIN")))).toBe(true);
  });

  it("is not so for a refusal", () => {
    const known = [Code.FailedPrecondition, Code.NotFound, Code.Aborted];
    for (const code of known) {
      expect(isOutcomeUnknown(refusalOf(refused(code, "X")))).toBe(false);
    }
  });
});
