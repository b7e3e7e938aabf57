import { Counter_Activity } from "../gen/madoguchi/ticketing/v1/ticket_pb";
import type { TextId } from "../shared/texts";
import { nextStep, refusal, type Desk } from "./desk";
import type { Command } from "./keys";

const ofVisit: readonly Command[] = [
  "recall",
  "absent",
  "wrap_up",
  "hold",
  "transfer",
  "assist",
  "edit",
];
const ofCounter: readonly Command[] = [
  "serve_visitor",
  "find",
  "pause",
  "designate",
  "list",
  "quit",
];

/** The steps that have a button, besides the large one. */
export interface Buttons {
  /** What the large button does. */
  readonly next: Command;
  /** What can be done with the visitor who is here. */
  readonly visit: readonly Command[];
  /** What can be done besides. */
  readonly counter: readonly Command[];
}

/** The buttons that make sense at `desk`, in the order of a visit. */
export function buttonsOf(desk: Desk): Buttons {
  const next = nextStep(desk);
  const lawful = (command: Command) =>
    command !== next && refusal(desk, command) === undefined;
  const busy =
    desk.ticket !== undefined || desk.activity === Counter_Activity.WRAP_UP;
  return {
    next,
    // Without a visitor here they ask for a number, which `find` does as well.
    visit: ofVisit.filter(
      (command) =>
        busy &&
        lawful(command) &&
        (desk.ticket !== undefined || command === "wrap_up"),
    ),
    counter: desk.open ? ofCounter.filter(lawful) : [],
  };
}

/** What `command` is called at `desk`: some begin a thing and end it too. */
export function commandText(command: Command, desk: Desk): TextId {
  switch (command) {
    case "take_over":
      return desk.takenOver ? "counter.take_back" : "counter.open";
    case "pause":
      return desk.activity === Counter_Activity.PAUSED
        ? "counter.pause_end"
        : "counter.pause_begin";
    case "wrap_up":
      return desk.ticket === undefined &&
        desk.activity === Counter_Activity.WRAP_UP
        ? "counter.wrap_up_end"
        : "command.wrap_up";
    case "assist":
      return desk.ticket?.assist === true
        ? "counter.deal_unassist"
        : "command.assist";
    case "case":
      return "command.case";
    case "case_other":
      return "command.case_other";
    case "complete_as":
      return "counter.other_outcome";
    case "quit":
      return "counter.quit";
    default:
      return `command.${command}`;
  }
}
