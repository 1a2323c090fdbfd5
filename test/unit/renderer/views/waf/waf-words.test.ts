import { describe, expect, it } from 'vitest';
import type { OriginAnswer } from '../../../../../preload/contract/waf.ts';
import {
  appsOf,
  certificateSaid,
  certificatesSaid,
  dnsTone,
  firewallSaid,
  hostnameShown,
  hostnamesInWords,
  instanceAt,
  kindNote,
  originAnswerInWords,
  originChoices,
  originVerdict,
  portInWords,
  retryBlocked,
} from '../../../../../renderer/views/waf/waf-words.ts';
import { instance } from '../../../domain/samples.ts';
import { followed, wafApp, wafHostname } from '../../../waf/builders.ts';

const appWith = (...states: readonly (string | null)[]) =>
  followed(
    wafApp('71', {
      hostnames: states.map((sslStatus, at) => wafHostname(`${at}`, `n${at}.example.com`, { sslStatus })),
    }),
  );

describe('the certificates of an app', () => {
  it('are counted, the worst first', () => {
    expect(certificatesSaid(appWith('active', 'queued', 'failed', 'parked', 'active', 'issuing'))).toEqual([
      { words: '1 failed', tone: 'bad' },
      { words: '2 pending', tone: 'busy' },
      { words: '1 unknown', tone: 'neutral' },
      { words: '2 active', tone: 'ok' },
    ]);
    expect(certificatesSaid(appWith())).toEqual([]);
  });

  it.each([
    ['queued', { words: 'queued', tone: 'busy' }],
    ['active', { words: 'active', tone: 'ok' }],
    ['failed', { words: 'failed', tone: 'bad' }],
    ['par\u202eked', { words: 'par ked', tone: 'neutral' }],
    [null, { words: 'unknown', tone: 'neutral' }],
  ])('%j is said in the API’s own word', (sslStatus, said) => {
    expect(certificateSaid({ sslStatus })).toEqual(said);
  });

  it.each([
    ['queued', null, 'It is being issued'],
    ['failed', null, null],
    ['failed', 100_000, null],
    ['failed', 100_000 + 7 * 60_000, 'It was requested a moment ago: try again in 7 min'],
  ])('%s, again from %s: %s', (sslStatus, retryAtMs, reason) => {
    expect(retryBlocked({ sslStatus, retryAtMs }, 100_000)).toBe(reason);
  });
});

it.each([
  [true, 'Firewall on', 'ok'],
  [false, 'Firewall off', 'warn'],
  [null, 'Firewall unknown', 'neutral'],
])('a firewall that is %s', (isFirewallOn, words, tone) => {
  expect(firewallSaid({ isFirewallOn })).toEqual({ words, tone });
});

it.each([
  ['points', 'ok'],
  ['points-elsewhere', 'warn'],
  ['not-found', 'warn'],
  ['no-answer', 'neutral'],
  ['no-target', 'neutral'],
] as const)('DNS that says %s is %s', (outcome, tone) => {
  expect(dnsTone({ outcome })).toBe(tone);
});

it('the hostnames of an app are the first and how many more', () => {
  expect(hostnamesInWords(appWith())).toBe('No hostname');
  expect(hostnamesInWords(appWith('active'))).toBe('n0.example.com');
  expect(hostnamesInWords(appWith('active', 'active', 'active'))).toBe('n0.example.com and 2 more');
  expect(hostnameShown({ hostname: null })).toBe('not readable');
});

it('an origin is an instance’s by its main address or another one, and no other way', () => {
  const web = { ...instance('web'), mainIp: '203.0.113.5', addresses: ['203.0.113.5', '2001:db8::5'] };
  const bare = { ...instance('bare'), mainIp: null, addresses: [] };
  expect(instanceAt([bare, web], '203.0.113.5')?.id).toBe('web');
  expect(instanceAt([bare, web], '2001:db8::5')?.id).toBe('web');
  expect(instanceAt([bare, web], '203.0.113.6')).toBeNull();
  expect(instanceAt([bare, web], null)).toBeNull();
  const apps = ['203.0.113.5', '2001:db8::5', '203.0.113.6', null].map((originIp, at) =>
    followed(wafApp(`${at}`, { originIp })),
  );
  expect(appsOf(apps, web).map(({ id }) => id)).toEqual(['0', '1']);
  expect(appsOf(apps, bare)).toEqual([]);
  expect(originChoices([bare, web], (id) => (id === 'web' ? 'Web' : null))).toEqual([
    { value: 'web', label: 'Web  203.0.113.5' },
  ]);
  expect(portInWords(null)).toBe('80 and 443');
  expect(portInWords(8443)).toBe('8443');
});

describe('an origin that was asked past the WAF', () => {
  const said = (outcome: OriginAnswer['outcome'], status: number | null = null): OriginAnswer => ({
    port: 443,
    protocol: 'https',
    outcome,
    status,
  });

  it.each([
    [said('answers', 200), 'Port 443 answers (HTTPS, status 200).'],
    [said('open'), 'Port 443 is open and does not answer in HTTPS.'],
    [said('refused'), 'Port 443 is closed.'],
    [said('silent'), 'Port 443 does not answer.'],
  ])('%j', (answer, words) => {
    expect(originAnswerInWords(answer)).toBe(words);
  });

  it('is exposed by any port that answers or is open', () => {
    expect(originVerdict({ answers: [said('silent'), said('answers', 403)] })).toEqual({
      words: 'The origin answers past the WAF.',
      tone: 'warn',
    });
    expect(originVerdict({ answers: [said('silent'), said('open')] })).toEqual({
      words: 'A port of the origin is open.',
      tone: 'warn',
    });
    expect(originVerdict({ answers: [said('silent'), said('refused')] })).toEqual({
      words: 'The origin does not answer this computer.',
      tone: 'ok',
    });
  });
});

it('what is special about a name is said before it is added', () => {
  expect(kindNote('apex')).toContain('cannot be a CNAME');
  expect(kindNote('wildcard')).toContain('does not promise wildcards');
  expect(kindNote('subdomain')).toBeNull();
});
