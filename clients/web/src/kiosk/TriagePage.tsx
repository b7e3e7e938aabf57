import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import { Heading } from "./Heading";
import type { Button } from "./kiosk_actions";
import type { Step } from "./kiosk_state";
import { PressButton } from "./PressButton";
import { choiceText, questionText } from "./triage";
import { WaysBack } from "./WaysBack";

/** One question before a number, and the way to staff, always. */
export function TriagePage(props: {
  step: Step & { readonly kind: "triage" };
  onTap: (button: Button) => void;
}): ReactNode {
  const { step, onTap } = props;
  const { question, asks } = step;
  const id = question === null ? null : questionText(question.question);
  if (question === null || id === null) {
    return (
      <main className="step issuing" data-step="asking">
        <Heading>
          <Text id="kiosk.asking" />
        </Heading>
        <WaysBack onTap={onTap} />
      </main>
    );
  }
  return (
    <main
      className="step triage"
      data-step="triage"
      data-question={question.question}
      data-asks={asks}
    >
      {/* The next question is a page of its own, and is read aloud. */}
      <Heading key={question.question}>
        <Text id={id} />
      </Heading>
      <ul className="answers">
        {question.choices.map((choice) => {
          const words = choiceText(question.question, choice);
          return (
            words !== null && (
              <li key={choice}>
                <PressButton
                  className="answer"
                  name={`answer-${choice}`}
                  disabled={asks}
                  onPress={() => onTap({ kind: "answer", choice })}
                >
                  <Text id={words} />
                </PressButton>
              </li>
            )
          );
        })}
        <li>
          <PressButton
            className="answer answer-talk"
            name="talk"
            onPress={() => onTap({ kind: "talk" })}
          >
            <Text id="kiosk.talk" />
          </PressButton>
        </li>
      </ul>
      <WaysBack onTap={onTap} />
      <p className="triage-privacy">
        <Text id="kiosk.privacy" />
      </p>
    </main>
  );
}
