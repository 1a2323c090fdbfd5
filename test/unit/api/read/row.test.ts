import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../../../main/api/read/addresses.ts';
import { Row } from '../../../../main/api/read/row.ts';
import {
  booleanOf,
  isText,
  numberOf,
  opened,
  plainId,
  textOf,
  type Raw,
} from '../../../../main/api/read/values.ts';

/** What a row reads, and what was reported. */
function read<T>(raw: Raw, by: (row: Row) => T) {
  const said: string[] = [];
  const value = by(new Row(raw, '[3]', (path, message) => said.push(`${path}: ${message}`)));
  return { value, said };
}

describe('a value', () => {
  it.each([
    ['a', 'a'],
    ['', null],
    [0, '0'],
    [1.5, '1.5'],
    [true, 'true'],
    [null, null],
    [undefined, null],
    [{}, null],
    [['a'], null],
  ])('%j as a text is %j', (raw, text) => expect(textOf(raw)).toBe(text));

  it('as a text has an end', () => {
    expect(textOf('x'.repeat(2_001))).toHaveLength(2_000);
    expect(textOf('abc', 2)).toBe('ab');
    expect([isText('x'.repeat(2_000)), isText('x'.repeat(2_001)), isText(''), isText(5)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(['x'.repeat(200), 'x'.repeat(201), '', 7, true, null].map(plainId)).toEqual([
      'x'.repeat(200),
      null,
      null,
      '7',
      null,
      null,
    ]);
  });

  it.each([
    [5, 5],
    [-1.5, -1.5],
    ['5', 5],
    [' +5.5 ', 5.5],
    ['-.5', -0.5],
    ['5.', 5],
    ['1e3', 1_000],
    ['2E-1', 0.2],
    ['', null],
    ['.', null],
    ['5x', null],
    ['x5', null],
    ['0x10', null],
    ['1e999', null],
    ['Infinity', null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [true, null],
    [null, null],
    [[5], null],
  ])('%j as a number is %j', (raw, number) => expect(numberOf(raw)).toBe(number));

  it.each([
    [true, 'true 1 yes y on enabled TRUE Yes ON'],
    [false, 'false 0 no n off disabled FALSE No'],
    [null, 'x 2 perhaps truth enabled-now'],
  ])('is %j where it is one of: %s', (is, words) => {
    for (const word of words.split(' '))
      expect([word, booleanOf(word), booleanOf(` ${word}`)]).toEqual([word, is, is]);
    expect([
      booleanOf(true),
      booleanOf(false),
      booleanOf(1),
      booleanOf(0),
      booleanOf(null),
      booleanOf([]),
    ]).toEqual([true, false, true, false, null, null]);
  });

  it.each([
    ['{"a":1}', { a: 1 }],
    [' [1]', [1]],
    ['"{\\"a\\":1}"', { a: 1 }],
    ['"[1]"', [1]],
    ['{"a":', '{"a":'],
    ['[1', '[1'],
    ['"a"', '"a"'],
    ['1', '1'],
    ['null', 'null'],
    ['a{', 'a{'],
    [5, 5],
    [null, null],
  ])('%j is opened to %j', (raw, value) => expect(opened(raw)).toEqual(value));

  it('that is too long is not opened', () => {
    const long = `["${'x'.repeat(1_000_000)}"]`;
    expect(opened(long)).toBe(long);
    expect(opened(`["${'x'.repeat(999_996)}"]`)).toHaveLength(1);
  });
});

describe('a row', () => {
  it('is made of an object alone', () => {
    const said: string[] = [];
    const report = (path: string, message: string): void => void said.push(`${path}: ${message}`);
    expect(Row.of({ a: 1 }, 'x', report)?.number('a')).toBe(1);
    expect(Row.of('{"a":1}', 'x', report)?.number('a')).toBe(1);
    expect([Row.of([], 'x', report), Row.of(null, 'y', report), Row.of('z', 'z', report)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(said).toEqual([
      'x: expected an object, got array',
      'y: expected an object, got null',
      'z: expected an object, got string',
    ]);
  });

  it('has objects inside, with their place', () => {
    expect(read({ a: { b: 'x' } }, (row) => row.inner('z', 'a').number('b'))).toEqual({
      value: null,
      said: ['[3].a.b: expected a number, got string'],
    });
    expect(read({ a: '{"b":5}' }, (row) => row.inner('a').number('b')).value).toBe(5);
    expect(read({ a: 5 }, (row) => row.inner('a').number('b'))).toEqual({ value: null, said: [] });
    expect(read({}, (row) => row.inner('a').id('id')).said).toEqual(['[3].a.id: expected an id, got null']);
    expect(read({ a: null }, (row) => [row.raw('a', 'b'), row.has('a'), row.has('b')]).value).toEqual([
      null,
      true,
      false,
    ]);
  });

  it.each(['value', 'slug', 'code', 'key', 'name', 'label', 'title', 'text', 'id'])(
    'has a word that can stand in an object, as %s',
    (name) => expect(read({ plan: { [name]: 'scout-2' } }, (row) => row.text('plan')).value).toBe('scout-2'),
  );

  it.each(['name', 'label', 'title', 'text', 'value', 'display', 'slug', 'code', 'id'])(
    'has a text for people that can stand in an object, as %s',
    (name) => expect(read({ plan: { [name]: 'Scout 2' } }, (row) => row.label('plan')).value).toBe('Scout 2'),
  );

  it('compares by the slug and shows the name', () => {
    const plan = { name: 'Scout 2', slug: 'scout-2', id: 3 };
    expect(read({ plan }, (row) => [row.text('plan'), row.label('plan')]).value).toEqual([
      'scout-2',
      'Scout 2',
    ]);
  });

  it.each(['id', 'uuid', 'value', 'slug', 'key', 'code'])(
    'has an id that can stand in an object, as %s',
    (name) => {
      expect(read({ id: { [name]: 7 } }, (row) => row.id('id'))).toEqual({ value: '7', said: [] });
    },
  );

  it.each(['value', 'amount', 'total', 'count', 'number'])(
    'has a number that can stand in an object, as %s',
    (name) => {
      expect(read({ n: { [name]: '7' } }, (row) => row.number('n'))).toEqual({ value: 7, said: [] });
    },
  );

  it.each(['value', 'enabled', 'status'])('has a yes or no that can stand in an object, as %s', (name) => {
    expect(read({ on: { [name]: 'off' } }, (row) => row.boolean('on'))).toEqual({ value: false, said: [] });
  });

  it('looks into a list of one, and into objects three deep', () => {
    expect(read({ n: ['7'] }, (row) => row.number('n')).value).toBe(7);
    expect(read({ n: [7, 8] }, (row) => row.number('n')).said).toEqual([
      '[3].n: expected a number, got array',
    ]);
    expect(read({ n: { value: { value: { value: 7 } } } }, (row) => row.number('n')).value).toBe(7);
    expect(
      read({ n: { value: { value: { value: { value: 7 } } } } }, (row) => row.number('n')).value,
    ).toBeNull();
    expect(read({ n: { value: 'x', amount: 7 } }, (row) => row.number('n')).value).toBe(7);
  });

  it('is silent on what is empty, and needs its id', () => {
    expect(
      read({ a: '', b: null }, (row) => [
        row.text('a'),
        row.number('a'),
        row.boolean('b'),
        row.timeMs('a'),
        row.address('a'),
        row.hostName('a'),
      ]),
    ).toEqual({
      value: [null, null, null, null, null, null],
      said: [],
    });
    expect(read({ id: '' }, (row) => row.id('id', 'uuid')).said).toEqual([
      '[3].id: expected an id, got string',
    ]);
    expect(read({}, (row) => row.id('id', 'uuid')).said).toEqual(['[3].id: expected an id, got null']);
    expect(read({ id: true }, (row) => row.id('id')).value).toBeNull();
  });

  it('takes away what hides in a word', () => {
    expect(read({ a: '\u202eweb\u0000' }, (row) => [row.text('a'), row.label('a')]).value).toEqual([
      'web',
      'web',
    ]);
    expect(read({ a: '\u202e' }, (row) => row.text('a'))).toEqual({
      value: null,
      said: ['[3].a: expected a text, got string'],
    });
  });

  it.each(['address', 'ip', 'ip_address', 'subnet', 'network', 'value', 'ipv4', 'ipv6'])(
    'has an address that can stand in an object, as %s',
    (name) => {
      const raw = { main: { [name]: '2001:DB8::1' } };
      expect(read(raw, (row) => [row.address('main'), row.ownAddress('main')])).toEqual({
        value: ['2001:db8::1', '2001:db8::1'],
        said: [],
      });
    },
  );

  it('tells of an address or a host name that is none, and of its own that is missing', () => {
    expect(
      read({ a: 'x y', b: 5 }, (row) => [row.address('a'), row.hostName('a'), row.address('b')]).said,
    ).toEqual([
      '[3].a: expected an address, got string',
      '[3].a: expected a host name, got string',
      '[3].b: expected an address, got number',
    ]);
    expect(read({}, (row) => [row.address('a'), row.ownAddress('a', 'b')])).toEqual({
      value: [null, null],
      said: ['[3].a: expected an address, got null'],
    });
    expect(read({ a: '' }, (row) => row.ownAddress('a')).said).toEqual([
      '[3].a: expected an address, got string',
    ]);
  });

  it.each(['hostname', 'host', 'name', 'value', 'fqdn', 'ptr', 'domain'])(
    'has a host name that can stand in an object, as %s',
    (name) =>
      expect(read({ host: { [name]: 'Web.example.com' } }, (row) => row.hostName('host')).value).toBe(
        'web.example.com',
      ),
  );

  it('has lists of texts', () => {
    const texts = (raw: Raw) => read(raw, (row) => row.texts('a'));
    expect(texts({ a: ['x', 5, { name: 'y' }] }).value).toEqual(['x', '5', 'y']);
    expect(texts({ a: 'x, y;z  w' }).value).toEqual(['x', 'y', 'z', 'w']);
    expect(texts({ a: '["x"]' }).value).toEqual(['x']);
    expect(texts({ a: { data: ['x'] } }).value).toEqual(['x']);
    for (const raw of [{}, { a: null }, { a: '' }]) expect(texts(raw)).toEqual({ value: [], said: [] });
    expect(texts({ a: 5 })).toEqual({ value: [], said: ['[3].a: expected a list, got number'] });
    expect(texts({ a: ['x', {}, null] })).toEqual({
      value: ['x'],
      said: ['[3].a[1]: expected a text', '[3].a[2]: expected a text'],
    });
  });

  it.each(['granted', 'allowed', 'enabled', 'is_enabled', 'active', 'is_active'])(
    'leaves out an item of a list that has a no under %s',
    (name) => {
      const a = [
        { name: 'x', [name]: false },
        { name: 'y', [name]: true },
        { name: 'z', [name]: 'what' },
      ];
      expect(read({ a }, (row) => row.texts('a'))).toEqual({ value: ['y', 'z'], said: [] });
    },
  );
});

describe('addresses', () => {
  const v4 = '203.0.113.42';
  const v6 = '2001:db8::1';
  const all = (raw: unknown) => {
    const missed: string[] = [];
    return { addresses: addressesIn(raw, (path) => missed.push(path)), missed };
  };

  it.each([
    [`${v4}, ${v6};${v4}`],
    [[v4, v6]],
    [[{ address: v4 }, { ip: v6 }]],
    [[{ ip_address: v4 }, { ip_addr: v6 }]],
    [[{ subnet: v4 }, { network: v6 }]],
    [[{ value: v4 }, { value: v6.toUpperCase() }]],
    [{ [v4]: {}, [v6]: 5 }],
    [{ ipv4: [v4], ipv6: [{ address: v6, gateway: '2001:db8::ff' }] }],
    [{ public: { v4 }, private: { v6 } }],
    [{ interfaces: [{ ip: v4 }], secondary: v6 }],
    [{ 0: v4, 1: v6 }],
    [{ primary: v4, additional: [v6], note: 'none' }],
    [JSON.stringify([v4, v6])],
    [[{ ip: v6 }, { ip: v4, primary: '1' }]],
    [[{ ip: v6 }, { ip: v4, is_main: 'true' }]],
    [[{ ip: v6 }, { ip: v4, main: true }]],
    [[{ ip: v6 }, { ip: v4, is_default: 1 }]],
    [[[[v4, v6]]]],
  ])('are found in %j', (raw) => {
    expect(all(raw)).toEqual({ addresses: [v4, v6], missed: [] });
  });

  it.each([
    ['x', ['']],
    [5, ['']],
    [null, []],
    [undefined, []],
    [[null], ['[0]']],
    [[v4, 'x'], ['[1]']],
    [{ ip: 'x' }, ['.ip']],
    [{ v4: { ip: 'x' } }, ['.v4.ip', '']],
    [{ gateway: v4 }, ['']],
    [{ pool: [v4] }, []],
    [{ [v4]: null }, []],
    [{}, []],
    [[[[[[[v4]]]]]], ['[0][0][0][0][0]']],
  ])('that are none are told of: %j at %j', (raw, paths) => expect(all(raw).missed).toEqual(paths));
});
