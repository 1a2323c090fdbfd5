import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../../main/api/index.ts';
import { readPublicCatalog } from '../../../main/catalog/index.ts';
import { FakeClock } from '../api/support/fake-clock.ts';

const bodies: Readonly<Record<string, unknown>> = {
  '/api/catalog/plans': [
    { slug: 'standard', plans: [{ id: 2, slug: 'scout-2', name: 'Scout 2', prices: { monthly: 1000 } }] },
  ],
  '/api/catalog/regions': [{ code: 'fra', name: 'Frankfurt', flag: '🇩🇪' }],
  '/api/catalog/billing-cycles': [{ id: 'monthly', name: 'Monthly', months: 1 }],
};

/** An Evorxa with a catalog; `missing` is the path that it refuses. */
function rig(missing?: string) {
  const sent: { readonly url: string; readonly headers: Headers }[] = [];
  const fetch: Fetch = (url, init) => {
    sent.push({ url, headers: new Headers(init.headers) });
    const { pathname } = new URL(url);
    const status = pathname === missing ? 404 : 200;
    return Promise.resolve(new Response(JSON.stringify(bodies[pathname] ?? {}), { status }));
  };
  const read = (apiUrl: string | null) =>
    readPublicCatalog(
      {
        fetch,
        clock: new FakeClock(),
        random: () => 0,
        log: () => undefined,
        defaultApiUrl: 'https://api.test/api',
      },
      apiUrl,
    );
  return { sent, read };
}

describe('the public catalog', () => {
  it('is read without a token, from three endpoints', async () => {
    const { read, sent } = rig();
    expect(await read(null)).toMatchObject({
      ok: true,
      value: {
        plans: [{ slug: 'scout-2', category: 'standard', prices: [{ cycle: 'monthly', cents: 1000 }] }],
        regions: [{ code: 'fra', name: 'Frankfurt' }],
        cycles: [{ cycle: 'monthly', months: 1 }],
      },
    });
    expect(sent).toHaveLength(3);
    expect(sent.every(({ headers }) => !headers.has('authorization'))).toBe(true);
    expect(sent.every(({ url }) => url.startsWith('https://api.test/api/catalog/'))).toBe(true);
  });

  it('does without regions and cycles, but not without plans', async () => {
    expect(await rig('/api/catalog/regions').read(null)).toMatchObject({
      ok: true,
      value: { regions: null },
    });
    expect(await rig('/api/catalog/plans').read(null)).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
  });

  it('asks the address that is given, and none that is not one', async () => {
    const { read, sent } = rig();
    await read('https://other.test/v1/');
    expect(sent.every(({ url }) => url.startsWith('https://other.test/v1/catalog/'))).toBe(true);
    expect(await read('http://plain.test')).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
    expect(sent).toHaveLength(3);
  });
});
