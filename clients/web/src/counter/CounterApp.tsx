import type { Client } from "@connectrpc/connect";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { DisplayService } from "../gen/madoguchi/ticketing/v1/display_service_pb";
import type { Address } from "../shared/address";
import { LanguageContext } from "../shared/Text";
import { htmlLanguage, type Language } from "../shared/texts";
import type { CaseCalls } from "./cases/case_steps";
import { CounterPage } from "./CounterPage";
import type { CounterCalls } from "./steps";
import { Terminal } from "./terminal";
import { isStaff, WorkplaceForm } from "./WorkplaceForm";

const staffKey = "staff";

/** What the page needs of the browser, and of the servers. */
export interface House {
  readonly address: Address;
  readonly calls: CounterCalls;
  readonly cases: CaseCalls;
  readonly display: Pick<Client<typeof DisplayService>, "watchOffice">;
  /** Forgotten with the tab: keeps the name of who works here, and nothing else. */
  readonly storage: Storage;
  /** Writes down in the address what a reload is to find. */
  readonly remember: (parameter: string, value: string) => void;
}

/** The page of a counter: asks who works where, then is that counter. */
export function CounterApp({ house }: { house: House }): ReactNode {
  const { address, calls, cases, display, storage, remember } = house;
  const [language, setLanguage] = useState(address.language);
  const [counter, setCounter] = useState(address.counter);
  const [staff, setStaff] = useState(
    () => address.staff || (storage.getItem(staffKey) ?? ""),
  );
  const [asking, setAsking] = useState(counter === "" || !isStaff(staff));
  const outcomes = useMemo(() => outcomesOf(address), [address]);
  const zone = useMemo(() => zoneOf(address), [address]);

  useEffect(() => {
    document.documentElement.lang = htmlLanguage(language);
  }, [language]);
  const speak = (next: Language) => {
    setLanguage(next);
    remember("lang", next);
  };

  return (
    <LanguageContext value={language}>
      {asking ? (
        <WorkplaceForm
          calls={calls}
          office={address.office}
          counter={counter}
          staff={staff}
          onLanguage={speak}
          onWorkplace={(where, who) => {
            storage.setItem(staffKey, who);
            remember("counter", where);
            if (address.staff !== "") remember("staff", who);
            setCounter(where);
            setStaff(who);
            setAsking(false);
          }}
        />
      ) : (
        <AtCounter
          key={`${counter} ${staff}`}
          workplace={{ office: address.office, counter, staff, outcomes }}
          calls={calls}
          cases={cases}
          display={display}
          zone={zone}
          onLanguage={speak}
          onLeave={() => setAsking(true)}
        />
      )}
    </LanguageContext>
  );
}

/** A terminal, for as long as it is on the screen. */
function AtCounter(props: {
  workplace: ConstructorParameters<typeof Terminal>[0];
  calls: CounterCalls;
  cases: CaseCalls;
  display: House["display"];
  zone: string;
  onLanguage: (language: Language) => void;
  onLeave: () => void;
}): ReactNode {
  const { workplace, calls, cases, display, zone, onLanguage, onLeave } = props;
  const [terminal] = useState(() => new Terminal(workplace, calls, display, cases));
  useEffect(() => terminal.start(), [terminal]);
  return (
    <CounterPage
      terminal={terminal}
      workplace={workplace}
      zone={zone}
      onLanguage={onLanguage}
      onLeave={onLeave}
    />
  );
}

/** `?outcomes=done,issued`: what the keys 1 to 9 stand for. */
export function outcomesOf(address: Address): string[] {
  const named = (address.rest.get("outcomes") ?? "")
    .split(",")
    .filter((code) => /^[a-z0-9_-]{1,32}$/.test(code));
  return named.length > 0
    ? named.slice(0, 9)
    : ["done", "issued", "no_documents", "come_again"];
}

/** `?zone=Asia/Tokyo`: where the office is, for the times shown. */
export function zoneOf(address: Address): string {
  const usual = "Asia/Tokyo";
  const zone = address.rest.get("zone") ?? usual;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return usual;
  }
}
