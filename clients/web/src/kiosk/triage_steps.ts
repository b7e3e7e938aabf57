import type { Step } from "./kiosk_state";
import { asksBefore, canAsk, consult, type Next } from "./triage";

type Triage = Step & { readonly kind: "triage" };
type Advised = Step & { readonly kind: "advice" };

function askFirst(service: string, page: number): Triage {
  return {
    kind: "triage",
    service,
    page,
    answers: [],
    question: null,
    talk: false,
    asks: true,
  };
}

/** What follows when a visitor chose `service`. */
export function afterChoice(service: string, page: number): Step {
  return asksBefore(service)
    ? askFirst(service, page)
    : { kind: "confirm", service, page };
}

/** The question before `step`; the list of services before the first. */
export function beforeStep(step: Triage | Advised): Step {
  const { service, page, answers, talk } = step;
  // Whoever asked for staff comes back to where they did.
  if (!talk && answers.length === 0) return { kind: "choose", page };
  return {
    ...askFirst(service, page),
    answers: talk ? answers : answers.slice(0, -1),
    question: step.kind === "triage" ? step.question : null,
  };
}

/** What follows from what the machine said. */
export function afterTriage(step: Triage, next: Next): Step {
  const { service, page, answers, talk } = step;
  if (next.kind === "question" && canAsk(next.question)) {
    return { ...step, question: next.question, asks: false };
  }
  if (next.kind === "advice") {
    return { kind: "advice", service, page, answers, talk, advice: next.advice };
  }
  // The machine knows no more: nobody is kept from a number for that.
  return { kind: "confirm", service: talk ? consult : service, page };
}
