import { encode } from "uqr";

/** A code that a phone's camera reads, as shapes. */
export interface QrPath {
  /** Modules on each side, with the quiet zone that cameras need. */
  readonly size: number;
  /** What is dark, as the `d` of an SVG path; one unit is one module. */
  readonly d: string;
}

/** The code for `text`, some hundred characters at most. */
export function qrPathOf(text: string): QrPath {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  let d = "";
  data.forEach((row, y) => {
    let x = 0;
    while (x < size) {
      if (!row[x]) {
        ++x;
        continue;
      }
      const from = x;
      while (x < size && row[x]) ++x;
      d += `M${from} ${y}h${x - from}v1h-${x - from}z`;
    }
  });
  return { size, d };
}
