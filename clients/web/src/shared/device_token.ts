const key = "device-token";

/**
 * The token of this device, to be shown to the servers; empty if it has none.
 *
 * A device is told its token once, in the fragment of the address
 * (`#token=...`), which a browser sends to nobody; it stays in the storage of
 * this screen's own host name, and leaves the address at once.
 */
export function readDeviceToken(
  location: Location,
  history: History,
  storage: Storage,
): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return storage.getItem(key) ?? "";
  storage.setItem(key, token);
  history.replaceState(null, "", location.pathname + location.search);
  return token;
}
