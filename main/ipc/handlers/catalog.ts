import type { PublicCatalog } from '../../../preload/contract/catalog.ts';
import type { Result } from '../../../preload/contract/result.ts';
import type { Domain } from './shared.ts';

/** Answers the calls of the domain `catalog`. `browse` reads what can be bought; null: at the default address. */
export function createCatalogHandlers(
  browse: (apiUrl: string | null) => Promise<Result<PublicCatalog>>,
): Domain<'catalog'> {
  return { browse: ({ apiUrl }) => browse(apiUrl) };
}
