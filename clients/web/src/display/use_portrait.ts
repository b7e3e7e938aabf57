import { useSyncExternalStore } from "react";

const query = "(orientation: portrait)";

/** Whether the board is higher than it is wide. */
export function usePortrait(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const portrait = window.matchMedia(query);
      portrait.addEventListener("change", onChange);
      return () => portrait.removeEventListener("change", onChange);
    },
    () => window.matchMedia(query).matches,
  );
}
