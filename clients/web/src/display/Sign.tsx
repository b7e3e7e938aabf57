import type { ReactNode } from "react";
import type { LocalizedText } from "../shared/texts";
import { around } from "./announced_text";

/** The sign of a counter: its number large in what the sign says, and English
 * below. */
export function Sign(props: {
  counter: string;
  label: LocalizedText;
}): ReactNode {
  const { counter, label } = props;
  const parts = around(label.ja, counter);
  return (
    <span className="sign">
      {parts !== undefined && parts.before !== "" && (
        <span className="sign-name">{parts.before}</span>
      )}
      {parts !== undefined && <span className="sign-number">{counter}</span>}
      <span className="sign-words">
        <span className="sign-name">{parts?.after ?? label.ja}</span>
        <span className="sign-english english" lang="en">
          {label.en}
        </span>
      </span>
    </span>
  );
}
