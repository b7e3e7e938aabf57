import type { CallOptions } from "@connectrpc/connect";

/**
 * Makes one `call` that ends after `timeoutMs`, or when `end` aborts.
 *
 * The call gets a signal of its own, which ends with it: the library leaves a
 * listener on the signal of each call that succeeds, and on one that lives as
 * long as the screen they would pile up for the whole day.
 */
export async function attempt<Answer>(
  call: (options: CallOptions) => Promise<Answer>,
  timeoutMs: number,
  end: AbortSignal,
): Promise<Answer> {
  const own = new AbortController();
  const stop = () => own.abort();
  if (end.aborted) stop();
  end.addEventListener("abort", stop);
  try {
    return await call({ timeoutMs, signal: own.signal });
  } finally {
    end.removeEventListener("abort", stop);
    own.abort();
  }
}
