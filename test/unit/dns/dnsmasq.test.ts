import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHostname } from '../../../main/dns/check-hostname.ts';
import { createDnsResolver } from '../../../main/dns/resolver.ts';
import { hostnameKind } from '../../../main/hostnames/read-hostname.ts';
import { dnsmasqMissing, startDnsmasq, type Dnsmasq } from '../../support/dnsmasq.ts';

const target = 'app-71.edge.evorxa.test';

describe.skipIf(dnsmasqMissing() !== null)('a hostname, asked of a real DNS server', () => {
  let dns: Dnsmasq;
  beforeAll(async () => {
    dns = await startDnsmasq([
      `host-record=${target},203.0.113.200,2001:db8::200`,
      `cname=shop.customer.test,${target}`,
      'cname=www.customer.test,shop.customer.test',
      `cname=*.apps.customer.test,${target}`,
      'host-record=customer.test,203.0.113.200,2001:db8::200',
      'host-record=half.customer.test,203.0.113.200',
      'host-record=half.customer.test,203.0.113.9',
      'host-record=old.customer.test,203.0.113.9,2001:db8::9',
      'host-record=other.host.test,203.0.113.77',
      'cname=away.customer.test,other.host.test',
      'host-record=v6.customer.test,2001:db8::200',
      'txt-record=text.customer.test,hello',
      // Two CNAME records (type 5) that name each other: no zone file would be loaded with them.
      `dns-rr=loop.customer.test,5,${wire('pool.customer.test')}`,
      `dns-rr=pool.customer.test,5,${wire('loop.customer.test')}`,
    ]);
  });
  afterAll(() => dns.stop());

  const check = (hostname: string, servers = [dns.address], targets: readonly string[] = [target]) =>
    checkHostname(
      createDnsResolver(servers),
      { hostname, kind: hostnameKind(hostname), targets },
      () => 1_000,
    );

  it('points by its CNAME', async () => {
    expect(await check('shop.customer.test')).toEqual({
      hostname: 'shop.customer.test',
      kind: 'subdomain',
      outcome: 'points',
      by: 'cname',
      targets: [target],
      chain: [target],
      isEndless: false,
      addresses: ['203.0.113.200', '2001:db8::200'],
      targetAddresses: ['203.0.113.200', '2001:db8::200'],
      checkedAtMs: 1_000,
    });
  });

  it('points by a chain of CNAMEs, in its order', async () => {
    expect(await check('www.customer.test')).toMatchObject({
      outcome: 'points',
      by: 'cname',
      chain: ['shop.customer.test', target],
    });
  });

  it('points for all names below it, as a wildcard', async () => {
    expect(await check('*.apps.customer.test')).toMatchObject({
      kind: 'wildcard',
      outcome: 'points',
      chain: [target],
    });
  });

  it('points by its addresses where it is an apex, or has but one family of them', async () => {
    expect(await check('customer.test')).toMatchObject({
      kind: 'apex',
      outcome: 'points',
      by: 'address',
      chain: [],
    });
    expect(await check('v6.customer.test')).toMatchObject({ outcome: 'points', by: 'address' });
  });

  it.each([
    ['half.customer.test', [], ['203.0.113.200', '203.0.113.9']],
    ['old.customer.test', [], ['2001:db8::9', '203.0.113.9']],
    ['away.customer.test', ['other.host.test'], ['203.0.113.77']],
  ])('%s points elsewhere, and it is said where', async (hostname, chain, addresses) => {
    const answer = await check(hostname);
    expect(answer).toMatchObject({ outcome: 'points-elsewhere', by: null, chain });
    expect([...answer.addresses].sort()).toEqual(addresses);
  });

  it('points nowhere where its CNAMEs go round', async () => {
    expect(await check('loop.customer.test')).toMatchObject({
      outcome: 'points-elsewhere',
      isEndless: true,
      chain: ['pool.customer.test'],
      addresses: [],
    });
  });

  it.each(['nothing.customer.test', 'text.customer.test'])('%s is not found', async (hostname) => {
    expect(await check(hostname)).toMatchObject({ outcome: 'not-found', chain: [], addresses: [] });
  });

  it('is not judged where the server refuses, or is not there', async () => {
    expect(await check('shop.customer.example')).toMatchObject({ outcome: 'no-answer' });
    expect(await check('shop.customer.test', ['127.0.0.1:9'])).toMatchObject({ outcome: 'no-answer' });
  });

  it('is not judged where the API names no target', async () => {
    expect(await check('shop.customer.test', [dns.address], [])).toMatchObject({
      outcome: 'no-target',
      chain: [target],
    });
  });

  it('answers otherwise once its record is another', async () => {
    const changing = await startDnsmasq(['host-record=shop.x.test,203.0.113.9']);
    try {
      const now = () => check('shop.x.test', [changing.address]);
      expect(await now()).toMatchObject({ outcome: 'points-elsewhere' });
      await changing.set([`host-record=${target},203.0.113.200`, `cname=shop.x.test,${target}`]);
      expect(await now()).toMatchObject({ outcome: 'points', by: 'cname' });
    } finally {
      await changing.stop();
    }
  });
});

/** A name as it is on the wire, in hex: its labels with their lengths, and the root. */
function wire(name: string): string {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]).toString('hex');
}
