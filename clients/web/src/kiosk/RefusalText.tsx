import type { ReactNode } from "react";
import type { Refusal } from "../shared/refusal";
import { Text } from "../shared/Text";
import { refusalWords } from "./words";

/** Why something was refused, in the screen's language where there are words. */
export function RefusalText({ refusal }: { refusal: Refusal }): ReactNode {
  const words = refusalWords(refusal);
  if (words === null) {
    return <span lang="en">{refusal.message || refusal.reason}</span>;
  }
  return words.values === undefined ? (
    <Text id={words.id} />
  ) : (
    <Text id={words.id} values={words.values} />
  );
}
