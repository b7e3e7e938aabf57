import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import type { Button } from "./kiosk_actions";
import { PressButton } from "./PressButton";

/** The two ways out that every page before the number has. */
export function WaysBack({
  onTap,
}: {
  onTap: (button: Button) => void;
}): ReactNode {
  return (
    <div className="ways">
      <PressButton
        className="way"
        name="back"
        onPress={() => onTap({ kind: "back" })}
      >
        <Text id="kiosk.back" />
      </PressButton>
      <PressButton
        className="way"
        name="home"
        onPress={() => onTap({ kind: "home" })}
      >
        <Text id="kiosk.home" />
      </PressButton>
    </div>
  );
}
