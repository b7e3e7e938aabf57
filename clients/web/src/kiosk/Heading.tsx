import { useLayoutEffect, useRef, type ReactNode } from "react";

/**
 * The heading of a step. It takes the focus when the step begins, so that whoever
 * listens or uses keys begins at its top.
 */
export function Heading(props: { children: ReactNode; className?: string }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is painted: nobody presses a key on a step without a focus.
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={props.className ?? "heading"}>
      {props.children}
    </h1>
  );
}
