import type { Advice } from "../gen/madoguchi/renewal/v1/renewal_pb";
import type { ServiceView } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { isTextId, type TextId } from "../shared/texts";

/** Where whoever would rather talk to staff waits. */
export const consult = "consult";

/** A question that was asked, and what was chosen. */
export interface Given {
  readonly question: string;
  readonly choice: string;
}

/** A question with its choices, as codes. */
export interface Question {
  readonly question: string;
  readonly choices: readonly string[];
}

/** What is next: ask, tell, or neither, if the house cannot be asked. */
export type Next =
  | { readonly kind: "question"; readonly question: Question }
  | { readonly kind: "advice"; readonly advice: Advice }
  | { readonly kind: "none" };

/** Whether visitors for `service` are asked before they take a number. */
export function asksBefore(service: string): boolean {
  return ["renew_self", "renew_pin_reset", "renew_proxy"].includes(service);
}

/** The words of a question; null if this page is older than the question. */
export function questionText(question: string): TextId | null {
  const id = `triage.${question.toLowerCase()}`;
  return isTextId(id) ? id : null;
}

/** The words of a choice; null if this page is older than the choice. */
export function choiceText(question: string, choice: string): TextId | null {
  const id = `triage.${question}.${choice}`.toLowerCase();
  return isTextId(id) ? id : null;
}

/** Whether this page has words for all of a question. */
export function canAsk({ question, choices }: Question): boolean {
  return (
    questionText(question) !== null &&
    choices.every((choice) => choiceText(question, choice) !== null)
  );
}

/**
 * For which services a number may be taken after `advice`, the advised one first:
 * a consultation is there for whoever doubts it, unless the house is closed.
 */
export function servicesAfter(
  advice: Advice,
  services: readonly ServiceView[],
): ServiceView[] {
  const wanted = [advice.service, ...(advice.mayConsult ? [consult] : [])];
  return [...new Set(wanted)].flatMap(
    (id) => services.find(({ service }) => service === id) ?? [],
  );
}
