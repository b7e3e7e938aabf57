import { useEffect, useState, type RefObject } from "react";

/** What is assumed where nothing is laid out yet. */
const assumed = 6;

/**
 * How many rows of at least `rowHeight`, in hundredths of the window's height or
 * of its shorter side, fit into `element`; at least one. Follows every change of
 * size.
 */
export function useRoom(
  element: RefObject<HTMLElement | null>,
  rowHeight: number,
  unit: "vh" | "vmin",
): number {
  const [room, setRoom] = useState(assumed);
  useEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    const measure = () => {
      const { innerHeight, innerWidth } = window;
      const side =
        unit === "vh" ? innerHeight : Math.min(innerHeight, innerWidth);
      setRoom(rowsIn(measured.clientHeight, (rowHeight * side) / 100));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element, rowHeight, unit]);
  return room;
}

/** How many rows of `row` px fit into `height` px; at least one. */
export function rowsIn(height: number, row: number): number {
  if (height <= 0 || row <= 0) return assumed;
  // Heights come in whole pixels: a row must not be lost to their rounding.
  return Math.max(1, Math.floor((height + 1) / row));
}
