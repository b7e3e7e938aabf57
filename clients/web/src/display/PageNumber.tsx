import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import type { Page } from "./pages";

/** Which page of a list is shown; nothing if there is one only. */
export function PageNumber({ page }: { page: Page<unknown> }): ReactNode {
  if (page.count <= 1) return null;
  return (
    <span className="page-number" data-page={page.number}>
      <Text
        id="display.page"
        values={{ n: page.number, m: page.count }}
      />
    </span>
  );
}
