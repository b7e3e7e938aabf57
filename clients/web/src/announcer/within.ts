/**
 * What `promise` resolves to, or undefined after `ms`. Rejects as `promise`
 * does before that; what comes of it later is dropped.
 */
export function within<T>(
  ms: number,
  promise: Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
