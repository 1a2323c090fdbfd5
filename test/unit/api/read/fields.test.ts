import { describe, expect, it } from 'vitest';
import { fieldOf, find, folded, hasField, shapeOf, wordsOf } from '../../../../main/api/read/fields.ts';
import {
  bitRate,
  bytes,
  bytesOrGib,
  bytesOrKib,
  count,
  milliseconds,
  packetRate,
  percent,
  percentInName,
} from '../../../../main/api/read/measures.ts';

describe('a field', () => {
  it.each([
    [{ created_at: 1 }, 'created_at'],
    [{ createdAt: 1 }, 'createdAt'],
    [{ 'Created-At': 1 }, 'Created-At'],
    [{ CREATEDAT: 1 }, 'CREATEDAT'],
    [{ created: { at: 1 } }, 'created.at'],
    [{ Created: '{"At":1}' }, 'Created.At'],
    [{ created_at: null, 'Created.At': 1 }, null],
    [{ created_at: null, added: 1 }, 'added'],
    [{ created: [1] }, null],
    [{ created: null }, null],
    [{}, null],
  ])('is found in %j at %j', (raw, path) => {
    expect(find(raw, ['created_at', 'added'])).toEqual(path === null ? null : { path, value: 1 });
    expect(fieldOf(raw, 'created_at', 'added')).toBe(path === null ? undefined : 1);
  });

  it('is the first of its names that has a value, and of two spellings the first', () => {
    expect(find({ b: 2, a: 1 }, ['a', 'b'])).toEqual({ path: 'a', value: 1 });
    expect(find({ a: null, b: 2 }, ['a', 'b'])).toEqual({ path: 'b', value: 2 });
    expect(find({ createdAt: 1, Created_At: 2 }, ['created_at'])).toEqual({ path: 'createdAt', value: 1 });
    expect(find({ a: 0 }, ['a'])).toEqual({ path: 'a', value: 0 });
    expect(find({ a: false }, ['a'])).toEqual({ path: 'a', value: false });
    // In parts only where none of the names is there as a whole.
    expect(find({ a: { b: 1 }, c: 2 }, ['a_b', 'c'])).toEqual({ path: 'c', value: 2 });
  });

  it('can lie in parts up to three objects deep', () => {
    expect(find({ a: { b: 1 } }, ['a_b'])).toEqual({ path: 'a.b', value: 1 });
    expect(find({ a_b: { c: 1 } }, ['a_b_c'])).toEqual({ path: 'a_b.c', value: 1 });
    expect(find({ a: { bC: 1 } }, ['a_b_c'])).toEqual({ path: 'a.bC', value: 1 });
    expect(find({ a: { b: { c: { d: 1 } } } }, ['a_b_c_d'])).toEqual({ path: 'a.b.c.d', value: 1 });
    expect(find({ a: { b: { c: { d: { e: 1 } } } } }, ['a_b_c_d_e'])).toBeNull();
    expect(find({ a: { b: null } }, ['a_b'])).toBeNull();
    expect(find({ _: { b: 1 } }, ['_b'])).toBeNull();
  });

  it('is one of the answer, and none that every object has', () => {
    expect(find({}, ['constructor', 'toString'])).toBeNull();
    expect(find(JSON.parse('{"constructor":5}') as Record<string, unknown>, ['constructor'])).toEqual({
      path: 'constructor',
      value: 5,
    });
  });

  it('is there also as null', () => {
    expect(hasField({ createdAt: null }, ['created_at'])).toBe(true);
    expect(hasField({ created: { at: 1 } }, ['created_at'])).toBe(false);
    expect(hasField({}, ['created_at'])).toBe(false);
  });

  it('is found whatever other objects were looked at meanwhile', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ [`field_${index}`]: index, same: 1 }));
    for (const [index, raw] of [...many.entries(), ...many.entries()]) {
      expect(fieldOf(raw, `field_${index}`)).toBe(index);
      expect(fieldOf(raw, `Field${index}`)).toBe(index);
      expect(fieldOf(raw, `field_${index + 1}`)).toBeUndefined();
    }
    const names = Array.from({ length: 2_100 }, (_, index) => `n_${index}`);
    for (const name of names) expect(hasField({ nX: 1 }, [name])).toBe(false);
    expect(hasField({ n2099: 1 }, ['n_2099'])).toBe(true);
  });

  it('of a map with many keys is found too', () => {
    const map = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`Key${index}`, index + 1]));
    expect(fieldOf(map, 'key_299')).toBe(300);
  });
});

describe('the shape of an object', () => {
  it('is the same one for objects with the same keys in the same order', () => {
    const first = shapeOf({ fa: 1, fb: 2 });
    expect(shapeOf({ fa: 3, fb: 4 })).toBe(first);
    shapeOf({ other: 1 });
    expect(shapeOf({ fa: 5, fb: 6 })).toBe(first);
    expect(shapeOf({ fb: 2, fa: 1 })).not.toBe(first);
    expect(shapeOf({ fa: 1 })).not.toBe(first);
    expect(shapeOf({ fa: 1, fb: 2, fc: 3 })).not.toBe(first);
    expect(first.keys).toEqual(['fa', 'fb']);
  });

  it('of a map is not kept', () => {
    const map = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`m${index}`, 1]));
    expect(shapeOf(map)).not.toBe(shapeOf(map));
    const smaller = Object.fromEntries(Object.entries(map).slice(1));
    expect(shapeOf(smaller)).toBe(shapeOf({ ...smaller }));
  });
});

it('a name is folded, and taken apart', () => {
  expect(['created_at', 'createdAt', 'Created-At', 'created at'].map(folded)).toEqual(
    Array(4).fill('createdat'),
  );
  expect(folded('Straße_1')).toBe('straße1');
  expect(wordsOf('cancelAtPeriodEnd')).toEqual(['cancel', 'at', 'period', 'end']);
  expect(wordsOf('cancel_at--period end')).toEqual(['cancel', 'at', 'period', 'end']);
  expect(wordsOf('ipv4Address')).toEqual(['ipv4', 'address']);
  expect(wordsOf('')).toEqual([]);
  expect(wordsOf('x'.repeat(200))).toEqual(['x'.repeat(100)]);
});

describe('a quantity', () => {
  const kib = 1024;
  it.each([
    ['bytes byte octets', 1],
    ['kb kib kilobytes kibibytes', kib],
    ['mb mib megabytes mebibytes', kib ** 2],
    ['gb gib gigabytes gibibytes', kib ** 3],
    ['tb tib terabytes tebibytes', kib ** 4],
  ])('of bytes has its unit in its name or behind its number: %s', (words, factor) => {
    const memory = bytes('memory');
    for (const word of words.split(' ')) {
      expect(memory.in({ [`memory_${word}`]: 3 })).toBe(3 * factor);
      expect(memory.in({ [`${word}_memory`]: '3' })).toBe(3 * factor);
      expect(memory.in({ memory: { [word]: 3 } })).toBe(3 * factor);
      expect(memory.in({ [`memory_bytes`]: `3 ${word.toUpperCase()}` })).toBe(3 * factor);
      expect(memory.in({ [`memory_bytes`]: { value: 3, unit: word } })).toBe(3 * factor);
    }
    expect(memory.in({ memory: 3 })).toBeNull();
  });

  it.each([
    ['bps bits_per_second bits_per_sec bits_s bit_s', 1],
    ['kbps kbit kbits kbit_s kbits_s', 1e3],
    ['mbps mbit mbits mbit_s mbits_s', 1e6],
    ['gbps gbit gbits gbit_s gbits_s', 1e9],
    ['bytes_per_second bytes_per_sec bytes_s', 8],
  ])('of bits per second: %s', (words, factor) => {
    for (const word of words.split(' '))
      expect(bitRate(false, 'in').in({ [`in_${word}`]: 3 })).toBe(3 * factor);
    expect([bitRate(false, 'in').in({ in: 3 }), bitRate(true, 'in').in({ in: 3 })]).toEqual([null, 3]);
  });

  it.each([
    ['pps packets packets_per_second packets_per_sec packets_s', 1],
    ['kpps', 1e3],
    ['mpps', 1e6],
  ])('of packets: %s', (words, factor) => {
    for (const word of words.split(' ')) expect(packetRate('in').in({ [`in_${word}`]: 3 })).toBe(3 * factor);
    expect(packetRate('in').in({ in: 3 })).toBe(3);
  });

  it.each([
    ['percent percentage pct usage_percent usage utilization', 1],
    ['ratio fraction', 100],
  ])('of parts: %s', (words, factor) => {
    for (const word of words.split(' '))
      expect(percent('cpu').in({ [`cpu_${word}`]: 0.5 })).toBe(0.5 * factor);
    expect([percent('cpu').in({ cpu: 5 }), percentInName('cpu').in({ cpu: 5 })]).toEqual([5, null]);
    expect(
      ['percent', 'percentage', 'pct'].map((word) => percentInName('cpu').in({ [`cpu_${word}`]: 5 })),
    ).toEqual([5, 5, 5]);
  });

  it.each([
    ['ms msec milliseconds millis', 1],
    ['seconds secs sec s', 1_000],
    ['us microseconds', 0.001],
    ['minutes mins', 60_000],
  ])('of time: %s', (words, factor) => {
    for (const word of words.split(' '))
      expect(milliseconds('took').in({ [`took_${word}`]: 3 })).toBe(3 * factor);
    expect(milliseconds('took').in({ took: 3 })).toBeNull();
  });

  it('without a unit is what its kind says', () => {
    expect([bytesOrKib('m').in({ m: 2 }), bytesOrGib('m').in({ m: 2 }), count('m').in({ m: 2 })]).toEqual([
      2 * kib,
      2 * kib ** 3,
      2,
    ]);
  });

  it('is read from the likeliest of its fields, and else from the next', () => {
    const used = bytes('memory_used', 'memory');
    expect(used.in({ memory_kb: 5, memory_used_kb: 2 })).toBe(2 * kib);
    expect(used.in({ memory_kb: 5, memory_used_kb: null })).toBe(5 * kib);
    expect(used.in({ memory_kb: 5, memory_used_kb: 'x' })).toBe(5 * kib);
    expect(used.in({ memory: { used: { kb: 2 } } })).toBe(2 * kib);
  });

  it.each([
    [-1, null],
    ['-1', null],
    [0, 0],
    ['x', null],
    ['3 x', null],
    ['1.2.3 KB', null],
    ['1.5 KB', 1.5 * kib],
    [' +2 kb ', 2 * kib],
    [{ amount: 2, units: 'KB' }, 2 * kib],
    [{ Value: 2, Unit: 'KB' }, 2 * kib],
    [{ value: 2 }, 2],
    [{ value: 2, unit: 'x' }, null],
    [{ unit: 'KB' }, null],
    ['{"value":2,"unit":"KB"}', 2 * kib],
    [[2], null],
    [true, null],
  ])('of %j is %j', (raw, value) => expect(bytes('m').in({ m_bytes: raw })).toBe(value));

  it.each([
    [{ m: '2 KB' }, 2 * kib],
    [{ m: { value: 2, unit: 'KB' } }, 2 * kib],
    [{ m: 2 }, null],
    [{ m: '2' }, null],
    [{ m: '2 %' }, null],
    [{ m: 'x' }, null],
    [{ m: '2 KB', m_kb: 3 }, 3 * kib],
  ])('whose name has no unit needs it behind the number: %j is %j', (raw, value) => {
    const told: string[] = [];
    expect(bytes('m').in(raw, (path) => told.push(path))).toBe(value);
    expect(told).toEqual([]);
  });

  it('that is a list is none where neither its name nor anything else says the unit', () => {
    expect(bytes('m').listIn({ m: [1] })).toBeNull();
    expect(bytes('m').isIn({ m: [1] })).toBe(false);
    expect(bytes('m').listIn({ m_kb: [1] })?.key).toBe('m_kb');
    expect(bytes('m').isIn({ m_kb: [1] })).toBe(true);
  });

  it('in parts of a hundred can have their sign', () => {
    expect(percent('cpu').in({ cpu: '12.5 %' })).toBe(12.5);
    expect(percent('cpu').in({ cpu: { value: 12.5, unit: '%' } })).toBe(12.5);
    expect(percent('cpu').inUnit(' % ').in({ cpu: 12.5 })).toBe(12.5);
  });

  it('tells of a field that cannot be read, once, and not of one that says nothing', () => {
    const told: string[] = [];
    const miss = (path: string) => told.push(path);
    expect(bytes('m', 'n').in({ m_kb: 'x', n_kb: 'y' }, miss)).toBeNull();
    expect(bytes('m').in({ m_kb: null }, miss)).toBeNull();
    expect(bytes('m').in({ m_kb: '' }, miss)).toBeNull();
    expect(bytes('m').in({ m_kb: 'x', m_mb: 1 }, miss)).toBe(kib ** 2);
    expect(told).toEqual(['m_kb']);
  });

  it('takes the unit that stands beside its fields, unless a name has one', () => {
    const rate = bitRate(true, 'in');
    expect(rate.inUnit('Mbit/s').in({ in: 3 })).toBe(3e6);
    expect(rate.inUnit('Mbit/s').in({ in_kbps: 3 })).toBe(3e3);
    expect(rate.inUnit('bytes').in({ in: 3 })).toBeNull();
    expect(rate.inUnit('mbps')).toBe(rate.inUnit('MBPS'));
    for (let index = 0; index < 60; index += 1) rate.inUnit(`unit ${index}`);
    expect(rate.inUnit('gbps').in({ in: 3 })).toBe(3e9);
  });

  it('is there by its name, whatever is in it', () => {
    const used = bytes('memory_used');
    expect([
      used.isIn({ memoryUsedKb: null }),
      used.isIn({ memory: { used_kb: 'x' } }),
      used.isIn({ memory: 5 }),
      used.isIn({}),
    ]).toEqual([true, true, false, false]);
  });

  it('can be a list', () => {
    const used = bytes('memory_used');
    const list = used.listIn({ memory: { used_kb: '[1,"2"]' } });
    expect([list?.key, list?.items, list?.read('2'), list?.read(-1)]).toEqual([
      'used_kb',
      [1, '2'],
      2 * kib,
      null,
    ]);
    expect(used.listIn({ memory_used_kb: [1] })?.key).toBe('memory_used_kb');
    expect([used.listIn({ memory_used_kb: 1 }), used.listIn({ memory: [1] }), used.listIn({})]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
