import type { ReactNode } from "react";
import { Text } from "../shared/Text";
import {
  localized,
  type LocalizedText,
  type TextId,
  type TextValues,
} from "../shared/texts";

/** A text of the catalogue as the hall reads it: Japanese, then English. */
export function Bilingual(props: {
  id: TextId;
  values?: TextValues;
}): ReactNode {
  const { id, values = {} } = props;
  return (
    <span className="bilingual">
      <Text id={id} values={values} language="ja" />{" "}
      <span className="english">
        <Text id={id} values={values} language="en" />
      </span>
    </span>
  );
}

/** A name of the settings in both languages. */
export function BilingualName({
  name,
}: {
  name: LocalizedText | undefined;
}): ReactNode {
  return (
    <span className="bilingual">
      <span>{localized(name, "ja")}</span>{" "}
      <span className="english" lang="en">
        {localized(name, "en")}
      </span>
    </span>
  );
}
