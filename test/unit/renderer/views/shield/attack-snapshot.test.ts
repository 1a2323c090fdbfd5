import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, test } from 'vitest';
import type { ShieldIpId } from '../../../../../preload/contract/brands.ts';
import type { ShieldIpProfile, ShieldTraffic } from '../../../../../preload/contract/shield.ts';
import { attackSnapshot, type ShownShield } from '../../../../../renderer/views/shield/attack-snapshot.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

const takenAtMs = Date.UTC(2026, 4, 24, 8, 15);
const hostile = `</td></table><script>alert(1)</script><img src=x onerror="alert(2)">'"&`;

const traffic: ShieldTraffic = {
  bandwidth: {
    atMs: [takenAtMs - 120_000, takenAtMs - 60_000, takenAtMs],
    inBitsPerSecond: [1e6, null, 3e6],
    outBitsPerSecond: [null, 2e6, 2e6],
  },
  packets: null,
  baselines: { bandwidth: null, packets: null },
  topIps: {
    unit: 'bytes',
    rows: [
      { label: '198.51.100.14', detail: 'GB', value: 3000 },
      { label: hostile, detail: hostile, value: 1000 },
    ],
  },
  topAsns: { unit: 'hits', rows: [] },
  countries: null,
  ports: null,
  failed: { packets: 'There is no connection.' },
};
const profile: ShieldIpProfile = {
  id: '501' as ShieldIpId,
  address: '203.0.113.42',
  instanceId: null,
  ruleCount: 1,
  defaultIn: hostile,
  defaultOut: null,
  rdns: null,
  bandwidthCap: null,
  rules: [
    {
      id: '9',
      action: 'allow',
      protocol: 'tcp',
      sourceCidr: '0.0.0.0/0',
      destinationPort: 443,
      isEnabled: null,
      hasUnreadFields: true,
    },
  ],
};
const shown: ShownShield = { profile, traffic, trafficAtMs: null, instanceName: hostile, takenAtMs };

function elementsOf(text: string): readonly Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(text));
  return found;
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
const wordsOf = (node: Node): string => textOf(node).replaceAll(/\s+/g, ' ').trim();
const texts = (elements: readonly Element[], tag: string): readonly string[] =>
  elements.filter(({ tagName }) => tagName === tag).map(wordsOf);

describe('a snapshot of an attack', () => {
  const elements = elementsOf(attackSnapshot(shown, 'Asia/Kathmandu'));

  test('has nothing to run and nothing to load, whatever it holds', () => {
    const tags = new Set(elements.map(({ tagName }) => tagName));
    for (const tag of ['script', 'img', 'iframe', 'object', 'link', 'a', 'form', 'base'])
      expect(tags).not.toContain(tag);
    const names = elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
    expect(
      names.filter((name) => name.startsWith('on') || /^(?:src|href|style|xlink:href)$/.test(name)),
    ).toEqual([]);
    const policy = elements.find(({ attrs }) =>
      attrs.some(({ value }) => value === 'Content-Security-Policy'),
    );
    expect(policy?.attrs.find(({ name }) => name === 'content')?.value).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
  });

  test('shows hostile text as the text that it is, in one cell', () => {
    expect(texts(elements, 'td')).toContain(hostile);
    expect(texts(elements, 'dd').filter((text) => text === hostile)).toHaveLength(2);
  });

  test('has the address, the rules and the rankings, with shares', () => {
    expect(texts(elements, 'h1')).toEqual(['Shield snapshot of 203.0.113.42']);
    const rows = texts(elements, 'tr');
    expect(rows).toContain('1 198.51.100.14 United Kingdom 2.9 KB 75%');
    expect(rows).toContain('1 9 allow tcp 0.0.0.0/0 443 not read no');
  });

  test('has its times in UTC and in the zone of this computer', () => {
    expect(texts(elements, 'dd')).toContain('2026-05-24T08:15:00Z (local: 2026-05-24 14:00:00 GMT+05:45)');
  });

  test('has the charts as pictures and as values, with what was not measured', () => {
    const lines = elements.filter(({ attrs }) => attrs.some(({ value }) => /^line-\d$/.test(value)));
    // Of three minutes, the one in the middle was not measured: two points, each by itself.
    expect(lines[0]?.attrs.find(({ name }) => name === 'd')?.value).toMatch(
      /^M0 [\d.]+h0\.01M720 [\d.]+h0\.01$/,
    );
    expect(texts(elements, 'tr')).toContain('2026-05-24T08:14:00Z no data 2 Mbit/s');
  });

  test('says what could not be read, and what was not there', () => {
    const paragraphs = texts(elements, 'p');
    expect(paragraphs).toContain('This part could not be read. There is no connection.');
    expect(paragraphs).toContain('Shield reported no traffic.');
    const without = elementsOf(attackSnapshot({ ...shown, profile: null }));
    expect(texts(without, 'p')).toContain('The rules could not be read.');
  });
});
