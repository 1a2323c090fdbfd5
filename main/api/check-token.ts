import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient } from './client.ts';
import type { Me } from './models/me.ts';

/**
 * Asks whose token this is. Tells a wrong token (`unauthorized`), no network (`offline`), a certificate that was
 * not accepted (`tls`) and an address that is not the API's (`not-evorxa`: a web page, a 404, a redirect, JSON
 * without a user) apart; other failures come as they are.
 */
export async function checkToken(client: ApiClient, signal?: AbortSignal): Promise<Result<Me>> {
  const result = await client.request('me.get', {}, signal === undefined ? {} : { signal });
  if (result.ok) return ok(result.value.value);
  const { error } = result;
  const isElsewhere =
    error.kind === 'not-found' ||
    error.kind === 'drift' ||
    // A status below 500 that is no answer: a page, a redirect, a method that is not allowed.
    (error.kind === 'unavailable' && error.status > 0 && error.status < 500);
  if (!isElsewhere) return fail(error);
  return fail({ kind: 'not-evorxa', message: 'This address does not answer as the Evorxa API does.' });
}
