import { exchange, type Fetch } from '../api/index.ts';
import type { UpdateProblem } from '../../preload/contract/updates.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** A feed has a few hundred bytes. */
const mostBytes = 64 * 1024;
const deadlineMs = 30_000;

/** A feed with its signature, neither of them checked. */
export interface FetchedFeed {
  readonly feed: Buffer;
  readonly signatureText: string;
}

/** Fetches a feed and its signature, which lies beside it. https alone, and no redirect is followed. */
export async function fetchFeed(
  fetch: Fetch,
  feedUrl: string,
  feedName: string,
): Promise<Result<FetchedFeed, UpdateProblem>> {
  const folder = new URL(feedUrl);
  if (folder.protocol !== 'https:') return fail({ kind: 'not-https' });
  const feed = await fetchSmall(fetch, new URL(feedName, folder));
  if (!feed.ok) return fail(feed.error === 'missing' ? { kind: 'feed-missing' } : feed.error);
  const signature = await fetchSmall(fetch, new URL(`${feedName}.minisig`, folder));
  if (!signature.ok) return fail(signature.error === 'missing' ? { kind: 'unsigned' } : signature.error);
  return ok({ feed: feed.value, signatureText: signature.value.toString('utf8') });
}

async function fetchSmall(fetch: Fetch, url: URL): Promise<Result<Buffer, UpdateProblem | 'missing'>> {
  const answer = await exchange(fetch, url, {}, mostBytes, AbortSignal.timeout(deadlineMs));
  if (answer.ok) {
    const { status, bytes } = answer.value;
    if (status === 404 || status === 410) return fail('missing');
    return status === 200 ? ok(Buffer.from(bytes)) : fail({ kind: 'server', status });
  }
  switch (answer.error.kind) {
    case 'tls':
    case 'no-tls':
      return fail({ kind: 'tls' });
    case 'redirect':
      return fail({ kind: 'redirected' });
    case 'too-large':
      return fail({ kind: 'unreadable' });
    case 'not-sent':
    case 'network-lost':
    case 'aborted':
    case 'lost':
      return fail({ kind: 'no-network' });
  }
}
