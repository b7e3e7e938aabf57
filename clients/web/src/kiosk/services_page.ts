/** At most so many buttons stand on a page. */
export const mostButtons = 6;

/** One page of the list of services. */
export interface ServicesPage<Service> {
  readonly services: readonly Service[];
  /** Whether a button leads on. It is one of the six. */
  readonly hasMore: boolean;
}

/** The page `index`, from 0, of `services`; the last one if there are not so many. */
export function pageOf<Service>(
  services: readonly Service[],
  index: number,
): ServicesPage<Service> {
  if (services.length <= mostButtons) return { services, hasMore: false };
  const each = mostButtons - 1;
  const last = Math.ceil(services.length / each) - 1;
  const at = Math.min(index, last);
  return {
    services: services.slice(at * each, (at + 1) * each),
    hasMore: at < last,
  };
}
