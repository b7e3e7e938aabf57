import { useMemo, type ReactNode } from "react";
import { qrPathOf } from "./qr_path";

/** A code for `text`, drawn to the size of its box. */
export function QrCode(props: { text: string; label: string }): ReactNode {
  const { size, d } = useMemo(() => qrPathOf(props.text), [props.text]);
  return (
    <svg
      className="qr"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect className="qr-paper" width={size} height={size} />
      <path className="qr-ink" d={d} />
    </svg>
  );
}
