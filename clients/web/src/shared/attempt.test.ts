import { createClient, createRouterTransport } from "@connectrpc/connect";
import { expect, test, vi } from "vitest";
import { CounterService } from "../gen/madoguchi/ticketing/v1/counter_service_pb";
import { attempt } from "./attempt";

const calls = createClient(
  CounterService,
  createRouterTransport((router) => {
    router.service(CounterService, {
      listCounters: () => ({ counters: [{ name: "one" }] }),
      findTicket: () => new Promise(() => {}),
    });
  }),
);

test("a call leaves nothing behind on the signal of the screen", async () => {
  const end = new AbortController();
  const added = vi.spyOn(end.signal, "addEventListener");
  const removed = vi.spyOn(end.signal, "removeEventListener");
  for (let i = 0; i < 10; ++i) {
    const answer = await attempt(
      (options) => calls.listCounters({}, options),
      1_000,
      end.signal,
    );
    expect(answer.counters[0]?.name).toBe("one");
  }
  expect(added.mock.calls.length).toBe(removed.mock.calls.length);
});

test("a call ends with its time and with the screen", async () => {
  const end = new AbortController();
  const call = (timeoutMs: number) =>
    attempt((options) => calls.findTicket({}, options), timeoutMs, end.signal);
  await expect(call(1)).rejects.toThrow();
  const waiting = call(60_000);
  end.abort();
  await expect(waiting).rejects.toThrow();
  await expect(call(60_000)).rejects.toThrow();
});
