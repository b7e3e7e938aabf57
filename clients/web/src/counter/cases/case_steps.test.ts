import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import type { Sentence } from "../sentence";
import type { Board } from "./board";
import { CaseSteps, type CaseCalls } from "./case_steps";

const ticket = "offices/honcho/tickets/20260601-renew-00001";

function stepsOn(patienceMs: number, startRenewal: () => Promise<unknown>) {
  const said: Sentence[] = [];
  const ids: string[] = [];
  const calls = {
    listRenewals: () => Promise.resolve({ renewals: [] }),
    startRenewal: ({ requestId }: { requestId: string }) => {
      ids.push(requestId);
      return startRenewal();
    },
  } as unknown as CaseCalls;
  const steps = new CaseSteps({
    calls,
    office: "offices/honcho",
    counter: "2",
    staff: "hana",
    say: (sentence) => said.push(sentence),
    onSending: () => undefined,
    onBoard: (_: Board) => undefined,
    signal: new AbortController().signal,
    patienceMs,
  });
  return { steps, said, ids };
}

function idOf(sentence: Sentence | undefined): string {
  return sentence !== undefined && "id" in sentence ? sentence.id : "";
}

describe("a press on a case", () => {
  it("is repeated under one id while its outcome is unknown", async () => {
    let left = 1;
    const { steps, said, ids } = stepsOn(10_000, () =>
      left-- > 0
        ? Promise.reject(new ConnectError("away", Code.Unavailable))
        : Promise.resolve({}),
    );
    await steps.follow(ticket);
    expect(await steps.start(1, {})).toBeDefined();
    expect(new Set(ids).size).toBe(1);
    expect(ids.length).toBe(2);
    expect(said.map(idOf)).toEqual(["counter.outcome_unknown"]);
  });

  it("does not hold the counter when renewal stays away", async () => {
    const { steps, said } = stepsOn(300, () =>
      Promise.reject(new ConnectError("away", Code.Unavailable)),
    );
    await steps.follow(ticket);
    expect(await steps.start(1, {})).toBeUndefined();
    expect(idOf(said.at(-1))).toBe("renewal.not_there");
  });
});
