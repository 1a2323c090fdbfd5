import { describe, expect, it } from 'vitest';
import { checkHostname } from '../../../main/dns/check-hostname.ts';
import { dnsServers, type DnsAnswer, type DnsResolver } from '../../../main/dns/resolver.ts';

type Zone = Readonly<Record<string, Partial<Record<'cname' | 'a' | 'aaaa', DnsAnswer | string>>>>;

/** A resolver that knows what a test says; `fails` is one that does not answer. */
function resolver(zone: Zone): DnsResolver & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask = (type: 'cname' | 'a' | 'aaaa') => (name: string) => {
    asked.push(`${type} ${name}`);
    const answer = zone[name]?.[type];
    if (answer === undefined) return Promise.resolve<DnsAnswer>({ kind: 'none' });
    if (typeof answer !== 'string') return Promise.resolve(answer);
    return Promise.resolve<DnsAnswer>({ kind: 'records', values: [answer] });
  };
  return { cname: ask('cname'), a: ask('a'), aaaa: ask('aaaa'), asked };
}
const fails: DnsAnswer = { kind: 'failed', code: 'ETIMEOUT' };
const target = 'edge.test';
const edge = { a: '203.0.113.200' };
const check = (zone: Zone, targets: readonly string[] = [target]) =>
  checkHostname(resolver(zone), { hostname: 'shop.test', kind: 'apex', targets }, () => 5);

describe('what DNS answers for a hostname', () => {
  it.each<readonly [why: string, zone: Zone, expected: string]>([
    ['its CNAME', { 'shop.test': { cname: 'EDGE.test.' } }, 'points by cname'],
    ['addresses', { 'shop.test': edge, 'edge.test': edge }, 'points by address'],
    [
      'addresses, where its CNAME was not answered',
      { 'shop.test': { ...edge, cname: fails }, 'edge.test': edge },
      'points by address',
    ],
    [
      'mapped addresses, which are the same ones',
      { 'shop.test': { aaaa: '::ffff:203.0.113.200' }, 'edge.test': edge },
      'points by address',
    ],
    ['other addresses', { 'shop.test': { a: '203.0.113.9' }, 'edge.test': edge }, 'points-elsewhere'],
    [
      'another CNAME',
      { 'shop.test': { cname: 'old.test' }, 'old.test': { a: '203.0.113.9' } },
      'points-elsewhere',
    ],
    ['a CNAME of nothing', { 'shop.test': { cname: 'gone.test' } }, 'not-found'],
    ['nothing', {}, 'not-found'],
    ['no CNAME in time', { 'shop.test': { cname: fails } }, 'no-answer'],
    ['no address in time', { 'shop.test': { aaaa: fails } }, 'no-answer'],
    [
      'other addresses, where its CNAME was not answered',
      { 'shop.test': { a: '203.0.113.9', cname: fails }, 'edge.test': edge },
      'no-answer',
    ],
    [
      'addresses, where those of the target were not answered',
      { 'shop.test': { a: '203.0.113.9' }, 'edge.test': { a: fails } },
      'no-answer',
    ],
    [
      'the target, where its addresses were not answered',
      { 'shop.test': { cname: target }, 'edge.test': { a: fails } },
      'points by cname',
    ],
  ])('by %s', async (_why, zone, expected) => {
    const { outcome, by } = await check(zone);
    expect(by === null ? outcome : `${outcome} by ${by}`).toBe(expected);
  });

  it('is no mistake where there is nothing to compare with', async () => {
    expect(await check({ 'shop.test': edge }, [])).toMatchObject({
      outcome: 'no-target',
      addresses: ['203.0.113.200'],
    });
    expect(await check({ 'shop.test': { a: fails } }, [])).toMatchObject({ outcome: 'no-answer' });
  });

  it('is followed for ten CNAMEs, and no further', async () => {
    const chain = (length: number): Zone =>
      Object.fromEntries(
        Array.from({ length }, (_, at) => [
          at === 0 ? 'shop.test' : `n${at}.test`,
          { cname: `n${at + 1}.test` },
        ]),
      );
    const ten = await check({ ...chain(10), 'n10.test': { a: '203.0.113.9' } });
    expect([ten.isEndless, ten.chain.length, ten.addresses]).toEqual([false, 10, ['203.0.113.9']]);
    const eleven = await check(chain(11));
    expect([eleven.isEndless, eleven.chain.length, eleven.outcome]).toEqual([true, 10, 'points-elsewhere']);
  });

  it('is asked for addresses of both families, at the end of the chain alone', async () => {
    const asked = resolver({ 'shop.test': { cname: 'a.test' } });
    await checkHostname(asked, { hostname: 'shop.test', kind: 'subdomain', targets: [] }, () => 5);
    expect(asked.asked).toEqual(['cname shop.test', 'cname a.test', 'a a.test', 'aaaa a.test']);
  });
});

describe('the DNS servers of a run', () => {
  it.each<readonly [string | undefined, boolean, readonly string[] | null]>([
    [undefined, false, null],
    ['127.0.0.1:5353', false, ['127.0.0.1:5353']],
    ['127.0.0.1:5353, ::1,[::1]:53', false, ['127.0.0.1:5353', '::1', '[::1]:53']],
    ['127.0.0.1:5353', true, null],
    ['dns.example:53,127.0.0.1:0,127.0.0.1:70000', false, null],
    ['', false, null],
  ])('%j, packaged: %s', (fromEnvironment, isPackaged, expected) => {
    expect(dnsServers({ fromEnvironment, isPackaged })).toEqual(expected);
  });
});
