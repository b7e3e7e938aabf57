import { timestampDate, type Timestamp } from "@bufbuild/protobuf/wkt";

/** `time` as a clock on a wall shows it in `zone`; empty if it is not known. */
export function clockOf(time: Timestamp | undefined, zone: string): string {
  if (time === undefined) return "";
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(zone === "" ? {} : { timeZone: zone }),
  }).format(timestampDate(time));
}
