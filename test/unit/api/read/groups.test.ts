import { describe, expect, it } from 'vitest';
import { groupsIn, type Grouping } from '../../../../main/api/read/groups.ts';

/** Rows have a size; groups call their list `sizes`, and lie in `catalogue`. */
const grouping: Grouping = {
  listNames: ['sizes', 'size_list'],
  wrapperNames: ['catalogue'],
  isRow: (raw) => 'gb' in raw,
  isPart: (key) => key === 'region',
};
const read = (body: unknown) => groupsIn(body, grouping);
const alone = (...rows: readonly unknown[]) => [{ slug: null, name: null, rows }];
const group = (name: string, ...rows: readonly unknown[]) => ({ slug: name, name, rows });
const small = { id: 1, gb: 1 };
const large = { id: 2, gb: 2 };

describe('rows without a group', () => {
  it.each([
    [[small, large], alone(small, large)],
    [small, alone(small)],
    [{ data: [small] }, alone(small)],
    [{ catalogue: [small] }, alone(small)],
    [{ data: { catalogue: { items: [small] } } }, alone(small)],
    [{ Data: JSON.stringify([small, large]) }, alone(small, large)],
    [{ a: small, 7: large }, alone({ ...large, map_key: '7' }, { ...small, map_key: 'a' })],
    // Without a thing inside it is no group, whatever it is.
    [{ a: { id: 3 } }, alone({ id: 3, map_key: 'a' })],
    [{ a: { id: 3, note: null } }, alone({ id: 3, note: null, map_key: 'a' })],
    [{ 12: 'One', 13: 'Two' }, alone({ id: '12', name: 'One' }, { id: '13', name: 'Two' })],
    [[], []],
    [{}, []],
    [{ message: 'Nothing.', links: { self: '/' } }, []],
    // What cannot be read is for who reads the rows.
    [[small, 'x', null], alone(small, 'x', null)],
    [[{ id: 3 }], alone({ id: 3 })],
  ])('are read from %j', (body, expected) => expect(read(body)).toEqual(expected));

  it.each([
    'x',
    5,
    null,
    undefined,
    { total: 5 },
    { a: 'One', 13: 'Two' },
    { 12: 'One', 13: '' },
    { 12: 5 },
    { region: { id: 1 }, total: 1 },
    { success: false, data: [small] },
    // Nobody nests them like that.
    { a: { b: { c: { d: { e: { f: { g: [small] } } } } } } },
  ])('are not in %j', (body) => expect(read(body)).toBeNull());

  it('are found in five objects around them', () => {
    expect(read({ 1: { 2: { 3: { 4: { 5: [small] } } } } })).toEqual(alone(small));
  });
});

describe('groups', () => {
  it.each([
    [{ fast: [small], slow: [large] }, [group('fast', small), group('slow', large)]],
    [{ fast: { sizes: [small] } }, [group('fast', small)]],
    [{ fast: { a: small } }, [group('fast', { ...small, map_key: 'a' })]],
    [{ fast: { 12: 'One' } }, [group('fast', { id: '12', name: 'One' })]],
    [[{ slug: 'fast', sizes: [small] }], [group('fast', small)]],
    [[{ name: 'fast', sizes: { 1: small } }], [group('fast', { ...small, map_key: '1' })]],
    [[{ name: 'fast', Sizes: [small] }], [group('fast', small)]],
    [[{ name: 'fast', sizes: JSON.stringify([small]) }], [group('fast', small)]],
    [{ data: { fast: [small] }, meta: { total: 1 } }, [group('fast', small)]],
    // Beside them is a part, and no group.
    [{ fast: [small], region: { a: [large] } }, [group('fast', small)]],
    // The key of a list that is only numbered is no title.
    [{ 0: { slug: 'fast', sizes: [small] } }, [group('fast', small)]],
    [{ 0: [small], 1: [large] }, alone(small, large)],
  ])('are read from %j', (body, expected) => expect(read(body)).toEqual(expected));

  it('that follow each other with the same title are one', () => {
    const one = { slug: 'fast', name: 'Fast', sizes: [small] };
    expect(read([one, { ...one, sizes: [large] }])).toEqual([
      { slug: 'fast', name: 'Fast', rows: [small, large] },
    ]);
    expect(read([one, { ...one, name: 'Faster' }])).toHaveLength(2);
    expect(read([one, { ...one, slug: 'faster' }])).toHaveLength(2);
    expect(read([one, { slug: 'slow', sizes: [large] }, one])).toHaveLength(3);
  });

  it.each([
    [
      { slug: 's', name: 'n', key: 'k', id: 5 },
      { slug: 's', name: 'n' },
    ],
    [{ category: 'c' }, { slug: 'c', name: 'c' }],
    [{ key: 'k' }, { slug: 'k', name: 'k' }],
    [{ code: 7 }, { slug: '7', name: '7' }],
    [{ name: 'n' }, { slug: 'n', name: 'n' }],
    [{ family: 'f' }, { slug: 'f', name: 'f' }],
    [{ id: 5 }, { slug: '5', name: '5' }],
    [
      { slug: 's', label: 'l' },
      { slug: 's', name: 'l' },
    ],
    [
      { slug: 's', title: 't' },
      { slug: 's', name: 't' },
    ],
    [
      { slug: 's', category: 'c' },
      { slug: 's', name: 'c' },
    ],
    [
      { slug: 's', family: 'f' },
      { slug: 's', name: 'f' },
    ],
    [
      { slug: 's', distribution: 'd' },
      { slug: 's', name: 'd' },
    ],
    [
      { slug: 's', distro: 'd' },
      { slug: 's', name: 'd' },
    ],
    [
      { slug: true, name: ['n'] },
      { slug: null, name: null },
    ],
    [
      { slug: 's', name: ' \u202e ' },
      { slug: 's', name: 's' },
    ],
    [{}, { slug: null, name: null }],
  ])('are called by %j', (fields, title) => {
    expect(read([{ ...fields, sizes: [small] }])).toEqual([{ ...title, rows: [small] }]);
  });

  it('are called by their key before their own name, and read by that name', () => {
    expect(read({ fast: { name: 'Fast', id: 5, sizes: [small] } })).toEqual([
      { slug: 'fast', name: 'Fast', rows: [small] },
    ]);
    expect(read({ fast: { slug: 'f', sizes: [small] } })).toEqual([
      { slug: 'f', name: 'fast', rows: [small] },
    ]);
    expect(read({ fast: { id: 5, sizes: [small] } })).toEqual([group('fast', small)]);
  });

  it('have no title that is endless, or turns what is around it', () => {
    const [first] = read({ ['x'.repeat(500)]: [small] }) ?? [];
    expect(first?.name?.length).toBeLessThanOrEqual(200);
    expect(read({ 'a\u202eb': [small] })).toMatchObject([{ name: 'a b' }]);
  });
});
