import { useState, type ReactNode } from "react";
import { Text } from "../../shared/Text";
import type { Answering } from "../Choose";
import { Dialog } from "../Dialog";
import { FormEnd, RadioField } from "../fields";
import type { Answers, Question } from "../questions";
import { useText } from "../useText";
import { answersOf, rows, rowsFor, turned, usualDraft, type Draft } from "./answers";

/**
 * What the window knows of a visitor. It begins with the usual visit for the
 * service; a digit turns its row to the next choice, and Enter begins the case.
 */
export function AnswersForm(
  props: Answering<Answers["case_answers"]> & {
    question: Extract<Question, { kind: "case_answers" }>;
  },
): ReactNode {
  const { question, onAnswer, onCancel } = props;
  const text = useText();
  const [draft, setDraft] = useState<Draft>(() => usualDraft(question.service));
  const asked = rowsFor(draft);
  return (
    <Dialog
      kind="case_answers"
      heading={text("renewal.form_answers", {
        n: question.number,
        k: question.person,
      })}
      onCancel={onCancel}
      onKey={(key) => {
        const row = asked[Number(key) - 1];
        if (row !== undefined) setDraft(turned(draft, row));
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onAnswer(answersOf(draft));
        }}
      >
        <p className="answers-hint">
          <Text id="renewal.form_answers_hint" />
        </p>
        {asked.map((row, index) => (
          <div className="answers-row" key={row} data-row={row}>
            <kbd aria-hidden="true">{index + 1}</kbd>
            <RadioField
              first={index === 0}
              name={row}
              legend={`window.${row}`}
              value={draft[row]}
              onChange={(choice) => setDraft({ ...draft, [row]: choice } as Draft)}
              options={rows[row].map((choice) => ({
                value: choice as string,
                label: <Text id={`window.${row}.${choice}` as never} />,
              }))}
            />
          </div>
        ))}
        <FormEnd refused={undefined} onCancel={onCancel} />
      </form>
    </Dialog>
  );
}
