import type { ReactNode } from "react";
import { htmlDuration, showClock } from "./words";

/** A time that goes on. Not read out by itself. */
export function Clock({ seconds }: { seconds: number }): ReactNode {
  return (
    <time className="clock" dateTime={htmlDuration(seconds)}>
      {showClock(seconds)}
    </time>
  );
}
