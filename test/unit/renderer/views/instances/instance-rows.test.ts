import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareByAttention } from '../../../../../preload/contract/attention.ts';
import type { Cents, ProjectId } from '../../../../../preload/contract/brands.ts';
import type { Instance } from '../../../../../preload/contract/instance.ts';
import {
  countStates,
  hiddenMatch,
  inStates,
  monthlyTotal,
  namesFirst,
  searchInstances,
  searchWords,
  sortInstances,
  type InstanceColumn,
} from '../../../../../renderer/views/instances/instance-rows.ts';
import { renewalInList } from '../../../../../renderer/views/instances/renewal-words.ts';
import { instance } from '../../../domain/samples.ts';

const shop = 'shop' as ProjectId;
const everywhere = { search: '', projectId: 'all' } as const;
const namesOf = (instances: readonly Instance[]): readonly string[] => instances.map(({ name }) => name);
const named = (name: string, more: Partial<Instance> = {}): Instance =>
  instance(name, 'running', { name, ...more });

describe('search', () => {
  const api = named('api-prod-1', { mainIp: '203.0.113.42', planSlug: 'scout-2', projectId: shop });
  const mail = named('mail', { mainIp: '203.0.113.48', planSlug: 'scout-1', projectId: null });
  const all = [api, mail];

  test.each([
    ['API', ['api-prod-1']],
    ['113.4', ['api-prod-1', 'mail']],
    ['scout-1', ['mail']],
    ['scout PROD', ['api-prod-1']],
    ['  ', ['api-prod-1', 'mail']],
    ['nothing', []],
  ])('%j finds %j', (search, found) => {
    expect(namesOf(searchInstances(all, { ...everywhere, search }))).toEqual(found);
  });

  test('a project leaves out what is in none', () => {
    expect(namesOf(searchInstances(all, { search: '', projectId: shop }))).toEqual(['api-prod-1']);
  });

  test('without a filter the list itself is given, not a copy', () => {
    expect(searchInstances(all, everywhere)).toBe(all);
  });
});

describe('what was found where the row does not show it', () => {
  const web = named('web-42', {
    hostname: 'web.example.com',
    mainIp: '203.0.113.7',
    addresses: ['203.0.113.7', '2001:db8::42'],
    planSlug: 'scout-2',
    planName: 'Scout 2',
    osName: 'Debian 13',
  });
  const found = (search: string, notes: readonly string[] = [], of = web): string | null =>
    hiddenMatch(of, searchWords(search), notes);

  test.each(['', 'web', 'EXAMPLE', '113.7', 'scout 2', 'web 203.0'])(
    '%j is in the row: nothing is added',
    (search) => {
      expect(found(search)).toBeNull();
    },
  );

  test('another address, the system, the plan’s slug, a note', () => {
    expect(found('db8')).toBe('2001:db8::42');
    expect(found('DEBIAN')).toBe('Debian 13');
    expect(found('scout-2')).toBe('scout-2');
    expect(found('pager', ['#prod', 'Ask Jane before the pager'])).toBe('Ask Jane before the pager');
  });

  test('each of several words where it is, and one that has two of them once', () => {
    expect(found('web debian db8')).toBe('Debian 13 · 2001:db8::42');
    expect(found('debian 13')).toBe('Debian 13');
  });

  test('a number that the name has is not looked for elsewhere', () => {
    expect(found('42')).toBeNull();
    expect(found('42', [], { ...web, name: 'web' })).toBe('2001:db8::42');
  });

  test('a note is cut, and shows no characters that turn the text around', () => {
    expect(found('long', [`long \u202e${'x'.repeat(300)}`])).not.toContain('\u202e');
    expect(found('long', ['long '.repeat(100)])?.length).toBeLessThanOrEqual(100);
  });
});

describe('names before what else has the word', () => {
  const all = ['my-42', 'other', 'x42x', '42-a', 'plain', '42', '42-b'].map((name) => named(name));

  test('the very name, then names that begin with it, that have it, and the rest; else as they were', () => {
    expect(namesOf(namesFirst(all, ' 42 '))).toEqual([
      '42',
      '42-a',
      '42-b',
      'my-42',
      'x42x',
      'other',
      'plain',
    ]);
  });

  test('whatever its case', () => {
    expect(namesOf(namesFirst([named('a-web'), named('WEB')], 'Web'))).toEqual(['WEB', 'a-web']);
  });

  test('without a word the list itself is given', () => {
    expect(namesFirst(all, '  ')).toBe(all);
  });
});

describe('what instances cost a month', () => {
  const costing = (...cents: readonly (number | null)[]) =>
    monthlyTotal(cents.map((each, index) => named(`s${index}`, { monthlyCents: each as Cents | null })));

  test('is the sum of their prices', () => {
    expect(costing(500, 1000, 0)).toEqual({ cents: 1500, isAtLeast: false, instanceCount: 3 });
    expect(costing()).toEqual({ cents: 0, isAtLeast: false, instanceCount: 0 });
  });

  test('is at least that where a price is not known', () => {
    expect(costing(500, null, 1000)).toEqual({ cents: 1500, isAtLeast: true, instanceCount: 3 });
    expect(costing(null)).toEqual({ cents: 0, isAtLeast: true, instanceCount: 1 });
  });

  test('leaves out what is not renewed, as the costs of the wallet do', () => {
    const price = { monthlyCents: 500 as Cents };
    const kinds = ['running', 'stopped', 'failed', 'suspended', 'deletion'] as const;
    expect(monthlyTotal(kinds.map((kind) => instance(kind, kind, price)))).toEqual({
      cents: 1500,
      isAtLeast: false,
      instanceCount: 3,
    });
  });
});

test('each filter counts exactly what it shows', () => {
  const kinds = [
    'running',
    'running',
    'stopped',
    'failed',
    'suspended',
    'transition',
    'deletion',
    'unknown',
  ] as const;
  const all = kinds.map((kind, index) => instance(`i${index}`, kind));
  const counts = countStates(all);
  expect(counts).toEqual({ all: 8, running: 2, attention: 2, transition: 1, stopped: 1 });
  for (const state of ['all', 'running', 'attention', 'transition', 'stopped'] as const)
    expect(inStates(all, state)).toHaveLength(counts[state]);
});

describe('order', () => {
  const by = (column: InstanceColumn, direction: 'ascending' | 'descending') => ({ column, direction });

  test('attention comes first where nothing else is asked for', () => {
    const all = [
      instance('a', 'stopped'),
      instance('b', 'running'),
      instance('c', 'failed'),
      instance('d', 'suspended'),
    ];
    expect(sortInstances(all, null).map(({ state }) => state.kind)).toEqual([
      'failed',
      'suspended',
      'running',
      'stopped',
    ]);
  });

  test('names count their numbers', () => {
    const all = ['web-10', 'web-9', 'Alpha'].map((name) => named(name));
    expect(namesOf(sortInstances(all, by('name', 'ascending')))).toEqual(['Alpha', 'web-9', 'web-10']);
    expect(namesOf(sortInstances(all, by('name', 'descending')))).toEqual(['web-10', 'web-9', 'Alpha']);
  });

  test('addresses are compared as numbers, and what has none is last both ways', () => {
    const all = [
      named('none', { mainIp: null }),
      named('ten', { mainIp: '203.0.113.10' }),
      named('nine', { mainIp: '203.0.113.9' }),
    ];
    expect(namesOf(sortInstances(all, by('address', 'ascending')))).toEqual(['nine', 'ten', 'none']);
    expect(namesOf(sortInstances(all, by('address', 'descending')))).toEqual(['ten', 'nine', 'none']);
  });

  test('equal prices are in the order of their names', () => {
    const price = (monthlyCents: number | null): Partial<Instance> => ({
      monthlyCents: monthlyCents as Cents | null,
    });
    const all = [named('c', price(500)), named('b', price(500)), named('a', price(null))];
    expect(namesOf(sortInstances(all, by('month', 'descending')))).toEqual(['b', 'c', 'a']);
  });
});

test('a renewal in the list is a day, a warning when it has passed, and none for what goes', () => {
  const nowMs = Date.UTC(2026, 4, 25, 12);
  const dayMs = 86_400_000;
  const words = (kind: 'running' | 'deletion', billedTillMs: number | null) =>
    renewalInList(instance('one', kind, { billedTillMs }), nowMs, 'UTC');
  expect(words('running', nowMs + 20 * dayMs)).toEqual({ text: '14 Jun', isWarning: false });
  expect(words('running', nowMs - 3 * dayMs)).toEqual({ text: 'expired 3 d ago', isWarning: true });
  expect(words('deletion', nowMs + dayMs)).toEqual({ text: 'no renewal', isWarning: true });
  expect(words('running', null)).toEqual({ text: '—', isWarning: false });
});

test('a list of which some instances changed is in the order that sorting it again gives', () => {
  const kinds = ['running', 'stopped', 'failed', 'transition'] as const;
  const server = fc.record({ kind: fc.constantFrom(...kinds), name: fc.constantFrom('a', 'b2', 'b10', 'c') });
  type Server = { readonly kind: (typeof kinds)[number]; readonly name: string };
  const made = ({ kind, name }: Server, index: number): Instance => instance(`i${index}`, kind, { name });
  const change = fc.record({ at: fc.nat(11), to: server });
  const orderOf = ({ name, state }: Instance): string => `${state.kind} ${name}`;
  fc.assert(
    fc.property(
      fc.array(server, { minLength: 1, maxLength: 12 }),
      fc.array(
        fc.record({ changes: fc.array(change), added: fc.array(server, { maxLength: 2 }), cut: fc.nat(2) }),
      ),
      (first, polls) => {
        let list: readonly Instance[] = first.map(made);
        sortInstances(list, null);
        for (const { changes, added, cut } of polls) {
          const next = [...list];
          for (const { at, to } of changes) if (at < next.length) next[at] = made(to, at);
          for (const each of added) next.push(made(each, next.length));
          list = next.slice(0, Math.max(1, next.length - cut));
          const sorted = sortInstances(list, null);
          expect(new Set(sorted)).toEqual(new Set(list));
          expect(sorted.map(orderOf)).toEqual(list.toSorted(compareByAttention).map(orderOf));
        }
      },
    ),
  );
});

test('instances that nothing tells apart stay where they are when a poll brings one of them again', () => {
  const list = ['x', 'y', 'z'].map((id) => instance(id, 'running', { name: 'web' }));
  sortInstances(list, null);
  const again = list.map((each, index) =>
    index === 0 ? instance('x', 'running', { name: 'web', vcpu: 3 }) : each,
  );
  expect(sortInstances(again, null).map(({ id }) => id)).toEqual(['x', 'y', 'z']);
});
