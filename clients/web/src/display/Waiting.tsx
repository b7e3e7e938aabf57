import { useRef, type CSSProperties, type ReactNode } from "react";
import { localized, textOf } from "../shared/texts";
import { around } from "./announced_text";
import { Bilingual } from "./Bilingual";
import type { Hall } from "./hall";
import { PageNumber } from "./PageNumber";
import { pageAt } from "./pages";
import { useRoom } from "./use_room";
import { isServiceOf, type Zone } from "./zone";

/** A line of Japanese, in vmin. */
const rowHeight = 4.6;
/** How many such rows one with English below needs. Upright it stands beside. */
const rowsWithEnglish = 1.5;

/** How many people wait for each service of the board. */
export function Waiting(props: {
  hall: Hall;
  zone: Zone;
  turn: number;
  isPortrait: boolean;
}): ReactNode {
  const { hall, zone, turn, isPortrait } = props;
  const list = useRef<HTMLUListElement>(null);
  const room = useRoom(list, rowHeight, "vmin");
  const services = hall.services.filter(({ service }) =>
    isServiceOf(zone, service),
  );
  // In English as well if that does not push the last service off the board.
  const hasEnglish =
    services.length * (isPortrait ? 1 : rowsWithEnglish) <= room;
  const page = pageAt(services, hasEnglish ? services.length : room, turn);
  return (
    <section className="waiting" aria-labelledby="waiting-title">
      <header className="panel-head">
        <h2 id="waiting-title">
          <Bilingual id="display.waiting_title" />
        </h2>
        <PageNumber page={page} />
      </header>
      <ul
        ref={list}
        className="waiting-list"
        data-english={hasEnglish}
        style={
          {
            "--rows": page.items.length,
            "--services": services.length,
          } as CSSProperties
        }
      >
        {page.items.map((service) => (
          <li
            key={service.service}
            data-service={service.service}
            data-waiting={service.waitingCount}
          >
            <span className="waiting-name">
              <span>{localized(service.displayName, "ja")}</span>
              {hasEnglish && (
                <span className="english" lang="en">
                  {localized(service.displayName, "en")}
                </span>
              )}
            </span>
            <Count of={service.waitingCount} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count({ of }: { of: number }): ReactNode {
  const text = textOf("ja", "display.waiting_count", { n: of });
  const parts = around(text, String(of));
  return (
    <span className="waiting-count">
      {parts?.before}
      <strong>{of}</strong>
      {parts?.after}
    </span>
  );
}
