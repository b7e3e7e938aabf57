import {
  KioskUpdate_Hindrance as Hindrance,
  Press_State as PressState,
} from "../gen/madoguchi/kiosk/v1/kiosk_service_pb";
import { DeviceState_Printer as Printer } from "../gen/madoguchi/ticketing/v1/device_service_pb";
import type { Refusal } from "../shared/refusal";
import { isTextId, type TextId, type TextValues } from "../shared/texts";
import type { Obstacle } from "./kiosk_state";

/** A text of the catalogue with its values. */
export interface Words {
  readonly id: TextId;
  readonly values?: TextValues;
}

/** What a visitor is told of what stands in the way; nothing if nothing does. */
export function whyOf(obstacle: Obstacle): TextId | null {
  switch (obstacle) {
    case "lost":
      return "kiosk.why_lost";
    case "connecting":
      return "kiosk.why_connecting";
    case Hindrance.OUT_OF_ORDER:
      return "kiosk.out_of_order";
    case Hindrance.STAFF_NEEDED:
      return "kiosk.why_staff_needed";
    case Hindrance.JOURNAL:
      return "kiosk.why_journal";
    case Hindrance.EARLIER_PRESS:
      return "kiosk.why_earlier_press";
    case Hindrance.PRINTER:
      return "kiosk.why_printer";
    case Hindrance.SERVER:
      return "kiosk.why_server";
    default:
      return null;
  }
}

/** What a printer says of itself. */
export function printerWords(printer: Printer): TextId {
  switch (printer) {
    case Printer.OK:
      return "kiosk.printer_ready";
    case Printer.NEAR_END:
      return "kiosk.printer_near_end";
    case Printer.END:
      return "kiosk.printer_out_of_paper";
    case Printer.JAM:
      return "kiosk.printer_jam";
    case Printer.COVER_OPEN:
      return "kiosk.printer_cover_open";
    case Printer.OFFLINE:
      return "kiosk.printer_offline";
    default:
      return "kiosk.printer_none";
  }
}

/** What a visitor is told whose press only staff can settle. */
export function stuckWords(state: PressState, number: string): Words {
  switch (state) {
    case PressState.NOT_PRINTED:
      return { id: "kiosk.not_printed", values: { n: number } };
    case PressState.PRINT_UNKNOWN:
      return { id: "kiosk.print_unknown", values: { n: number } };
    default:
      return { id: "kiosk.given_up" };
  }
}

const ownReasons: Readonly<Record<string, TextId>> = {
  EARLIER_PRESS_OPEN: "kiosk.why_earlier_press",
  JOURNAL_FAILED: "kiosk.why_journal",
  MACHINE_OUT_OF_ORDER: "kiosk.out_of_order",
  MACHINE_STOPPING: "kiosk.why_lost",
  NOTHING_TO_PRINT: "kiosk.staff.nothing_to_print",
  NOTHING_TO_SETTLE: "kiosk.staff.nothing_to_settle",
  PRINTER_NOT_READY: "kiosk.why_printer",
  STAFF_KEY_WRONG: "kiosk.staff.key_wrong",
};

/**
 * Why a call was refused, for people; null if the catalogue has no words for it
 * and the server's own, in English, must do.
 */
export function refusalWords(refusal: Refusal): Words | null {
  if (refusal.reason === "STAFF_KEY_LOCKED") {
    return {
      id: "kiosk.staff.key_locked",
      values: { k: refusal.metadata["seconds"] ?? "" },
    };
  }
  if (refusal.reason === "PRINT_UNKNOWN") {
    return {
      id: "kiosk.staff.was_printed",
      values: { n: refusal.metadata["number"] ?? "" },
    };
  }
  const own = Object.hasOwn(ownReasons, refusal.reason)
    ? ownReasons[refusal.reason]
    : undefined;
  if (own !== undefined) return { id: own };
  const id = `reason.${refusal.reason}`;
  return isTextId(id) ? { id, values: refusal.metadata } : null;
}

const needs: Readonly<Record<string, TextId>> = {
  renew_self: "kiosk.need_ready",
  renew_pin_reset: "kiosk.need_reset",
  renew_proxy: "kiosk.need_proxy",
};

/** What to do or to have for a service; null if there is nothing to say. */
export function needOf(service: string): TextId | null {
  return Object.hasOwn(needs, service) ? (needs[service] ?? null) : null;
}

/** Splits a text that counts things, `①... ②...` or `1) ... 2) ...`, into lines. */
export function countedLines(text: string): string[] {
  return text
    .split(/(?=[①-⑨])|(?=(?<=\s)[1-9]\) )/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
