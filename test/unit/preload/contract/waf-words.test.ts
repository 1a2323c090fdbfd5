import { describe, expect, it } from 'vitest';
import {
  certificatePhase,
  cnameTargets,
  dnsAnswerInWords,
  dnsCheckInWords,
} from '../../../../preload/contract/waf-words.ts';
import type { DnsCheck } from '../../../../preload/contract/waf.ts';

describe('the state of a certificate', () => {
  it.each([
    ['queued', 'pending'],
    ['Issuing', 'pending'],
    [' pending validation ', 'pending'],
    ['pending-validation', 'pending'],
    ['active', 'issued'],
    ['ISSUED', 'issued'],
    ['failed', 'failed'],
    ['expired', 'failed'],
    ['parked', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
  ] as const)('%j is %s', (word, phase) => {
    expect(certificatePhase(word)).toBe(phase);
  });
});

describe('what a hostname may point to', () => {
  const app = { cnameCandidates: [{ field: 'cname', value: 'Edge.Example.NET.' }] };

  it('is what the application says, once, as DNS writes it', () => {
    expect(cnameTargets(app, null)).toEqual(['edge.example.net']);
    const twice = [...app.cnameCandidates, { field: 'edge', value: 'edge.example.net' }];
    expect(cnameTargets({ cnameCandidates: twice }, { cnameCandidates: [] })).toEqual(['edge.example.net']);
  });

  it('is what the hostname itself says, where it does', () => {
    const own = { cnameCandidates: [{ field: 'target', value: 'own.example.net' }] };
    expect(cnameTargets(app, own)).toEqual(['own.example.net']);
  });

  it.each(['eu-1', 'https://edge.example.net', 'edge.example.net; rm', ''])('is not %j', (value) => {
    expect(cnameTargets({ cnameCandidates: [{ field: 'edge', value }] }, null)).toEqual([]);
    expect(cnameTargets(app, { cnameCandidates: [{ field: 'edge', value }] })).toEqual(['edge.example.net']);
  });
});

describe('what DNS says', () => {
  const check: DnsCheck = {
    hostname: 'shop.example.com',
    kind: 'subdomain',
    outcome: 'points',
    by: 'cname',
    targets: ['edge.example.net'],
    chain: [],
    isEndless: false,
    addresses: [],
    targetAddresses: [],
    checkedAtMs: 0,
  };

  it.each<readonly [more: Partial<DnsCheck>, words: string]>([
    [{}, 'It points to the WAF.'],
    [{ by: 'address' }, 'It has the addresses of the WAF. A CNAME would follow when they change.'],
    [{ by: 'address', kind: 'apex' }, 'It points to the WAF.'],
    [
      { outcome: 'points-elsewhere', chain: ['old.example.net'], addresses: ['203.0.113.9'] },
      'DNS answers CNAME old.example.net, 203.0.113.9. It should be a CNAME of edge.example.net.',
    ],
    [
      { outcome: 'points-elsewhere', kind: 'apex', addresses: ['203.0.113.9'] },
      'DNS answers 203.0.113.9. It should have the addresses of edge.example.net (ALIAS, ANAME or A records): a domain itself cannot be a CNAME.',
    ],
    [
      { outcome: 'points-elsewhere', isEndless: true, chain: ['a.example.net'] },
      'Its CNAMEs lead nowhere: CNAME a.example.net. It should be a CNAME of edge.example.net.',
    ],
    [
      { outcome: 'not-found', targets: ['a.example.net', 'b.example.net'] },
      'DNS has no record of it. It should be a CNAME of a.example.net or b.example.net.',
    ],
    [
      { outcome: 'not-found', chain: ['gone.example.net'] },
      'DNS answers CNAME gone.example.net, which has no address. It should be a CNAME of edge.example.net.',
    ],
    [{ outcome: 'no-answer' }, 'The DNS server did not answer, so nothing is known of it.'],
    [
      { outcome: 'no-target', targets: [] },
      'DNS has no record of it. Evorxa does not say what it should point to.',
    ],
    [
      { outcome: 'no-target', targets: [], addresses: ['203.0.113.9'] },
      'DNS answers 203.0.113.9. Evorxa does not say what it should point to.',
    ],
  ])('%j', (more, words) => {
    expect(dnsCheckInWords({ ...check, ...more })).toBe(words);
  });

  it('is nothing where it answered nothing', () => {
    expect(dnsAnswerInWords(check)).toBeNull();
  });
});
