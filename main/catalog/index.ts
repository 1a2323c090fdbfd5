import type { PublicCatalog } from '../../preload/contract/catalog.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { createApiClient, parseBaseUrl, type Fetch, type RequestLog } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';

export interface CatalogOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (entry: RequestLog) => void;
  readonly onBug?: (cause: unknown) => void;
  /** The address that is asked where none is given. */
  readonly defaultApiUrl: string;
}

/**
 * Reads what can be bought, for somebody who is not signed in: the public endpoints, of which no token is known and
 * to which none is sent. Plans have to be there; regions and cycles that cannot be read are left out. `apiUrl` null:
 * the default address. Errors: `bad-request` for an address that is none, and those of the plans' request.
 */
export async function readPublicCatalog(
  { defaultApiUrl, ...options }: CatalogOptions,
  apiUrl: string | null,
): Promise<Result<PublicCatalog>> {
  const address = parseBaseUrl(apiUrl ?? defaultApiUrl);
  if (!address.ok) return address;
  const client = createApiClient({ ...options, baseUrl: address.value, token: null });
  const [plans, regions, cycles] = await Promise.all([
    client.request('catalog.plans', {}),
    client.request('catalog.regions', {}),
    client.request('catalog.billingCycles', {}),
  ]);
  if (!plans.ok) return plans;
  return ok({
    plans: plans.value.value,
    regions: regions.ok ? regions.value.value : null,
    cycles: cycles.ok ? cycles.value.value : null,
  });
}
