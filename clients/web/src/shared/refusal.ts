import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "../gen/madoguchi/rpc/v1/status_pb";

/** What a server said of a call that failed. */
export interface Refusal {
  readonly code: Code;
  /** Such as `TICKET_NOT_CALLED`; empty if none was named. */
  readonly reason: string;
  /** The moving parts of the message. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In English, for a reason that the screen does not know. */
  readonly message: string;
}

/** Reads what failed; anything that is no rpc's error is of code Unknown. */
export function refusalOf(failure: unknown): Refusal {
  const error = ConnectError.from(failure);
  for (const detail of error.details) {
    if (!("type" in detail) || detail.type !== "google.rpc.ErrorInfo") continue;
    try {
      const info = fromBinary(ErrorInfoSchema, detail.value);
      return {
        code: error.code,
        reason: info.reason,
        metadata: info.metadata,
        message: error.rawMessage,
      };
    } catch {
      // Damaged details: the code still says what to do.
    }
  }
  return {
    code: error.code,
    reason: "",
    metadata: {},
    message: error.rawMessage,
  };
}

/**
 * Whether it is open what happened: the call must be made again with the same
 * request id to know.
 */
export function isOutcomeUnknown({ code, reason }: Refusal): boolean {
  return (
    code === Code.Unavailable ||
    code === Code.DeadlineExceeded ||
    code === Code.Canceled ||
    // A proxy or a browser that lost the connection names no code.
    (code === Code.Unknown && reason === "") ||
    (code === Code.Aborted && reason === "LOOK_AGAIN")
  );
}
