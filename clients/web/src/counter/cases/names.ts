import {
  Renewal_Parking_Reason as ParkReason,
  Renewal_Result as Result,
  Renewal_State as State,
  Step,
  type Renewal,
} from "../../gen/madoguchi/renewal/v1/renewal_pb";
import { isTextId, textOf, type Language, type TextId } from "../../shared/texts";
import type { Move } from "./board";

/** The text `area.CODE`; the code itself for one that this page does not know. */
function nameOf(area: string, code: string, language: Language): string {
  const id = `${area}.${code}`;
  return isTextId(id) ? textOf(language, id) : code;
}

export function stepName(step: Step, language: Language): string {
  return nameOf("step", Step[step], language);
}

export function outcomeName(outcome: string, language: Language): string {
  return nameOf("case_outcome", outcome, language);
}

/** How a case ended; empty while it has not, or if it ended without an outcome. */
export function resultName({ result }: Renewal, language: Language): string {
  return result === Result.RESULT_UNSPECIFIED
    ? ""
    : nameOf("result", Result[result], language);
}

export function parkReasonName(reason: ParkReason, language: Language): string {
  return nameOf("park_reason", ParkReason[reason], language);
}

/** Where a case is that is not worked on. */
export function stateName(renewal: Renewal, language: Language): string {
  switch (renewal.state) {
    case State.PARKED:
      return parkReasonName(
        renewal.parking?.reason ?? ParkReason.VISITOR,
        language,
      );
    case State.ABANDONED:
      return textOf(language, "renewal.abandoned");
    default:
      return textOf(language, "renewal.open");
  }
}

/** What the one key for a case is called now. */
export function moveName(move: Move, language: Language): string {
  switch (move.kind) {
    case "start":
      return textOf(language, "renewal.next_start");
    case "step":
      return stepName(move.step, language);
    case "finish": {
      const id: TextId = move.completes
        ? "renewal.next_finish_all"
        : "renewal.next_finish";
      return textOf(language, id);
    }
    case "request":
      return textOf(language, "renewal.next_request");
    case "result":
      return textOf(language, "renewal.next_result");
    case "wait":
      return textOf(language, "renewal.next_wait");
    case "resume":
      return textOf(language, "renewal.next_resume");
  }
}
