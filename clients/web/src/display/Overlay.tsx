import type { CSSProperties, ReactNode } from "react";
import type { Call } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import { Ruby } from "../shared/Ruby";
import { htmlLanguage, type LocalizedText } from "../shared/texts";
import { sentencesOf } from "./announced_text";
import { Arrow } from "./Arrow";
import { Bilingual } from "./Bilingual";
import type { Direction } from "./board_settings";
import { Sign } from "./Sign";

/** One call across the whole board, while it is announced. */
export function Overlay(props: {
  call: Call;
  label: LocalizedText;
  direction: Direction;
}): ReactNode {
  const { call, label, direction } = props;
  const isRecall = call.recallCount > 0;
  return (
    <section
      className="overlay"
      role="status"
      data-number={call.number}
      data-counter={call.counter}
      data-pickup={call.pickup}
      data-recall={isRecall}
      style={
        {
          "--characters": call.number.length + call.counter.length,
          "--longer": Math.max(call.number.length, call.counter.length + 2),
        } as CSSProperties
      }
    >
      {(call.pickup || isRecall) && (
        <h2 className="overlay-title">
          {call.pickup && (
            <span className="overlay-mark">
              <Bilingual id="display.pickup_mark" />
            </span>
          )}
          {isRecall && <Bilingual id="display.recall_mark" />}
        </h2>
      )}
      <p className="overlay-call">
        <span className="overlay-ticket">
          <span className="overlay-noun">
            <Bilingual id="display.ticket" />
          </span>
          <span className="overlay-number">{call.number}</span>
        </span>
        <Arrow direction={direction} pickup={call.pickup} />
        <Sign counter={call.counter} label={label} />
      </p>
      {sentencesOf(call, label).map(({ language, text }) => (
        <p
          key={language}
          className="overlay-sentence"
          lang={htmlLanguage(language)}
          data-language={language}
        >
          <Ruby text={text} />
        </p>
      ))}
    </section>
  );
}
