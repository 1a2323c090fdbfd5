import { describe, expect, it } from 'vitest';
import { DriftList, typeName } from '../../../../main/api/read/drift.ts';

describe('what could not be read of an answer', () => {
  it('is kept with where it was, and counted by its field', () => {
    const drift = new DriftList('instances.list');
    drift.report('[3].ram', 'expected a size');
    drift.report('[12].ram', 'expected a size');
    drift.report('..rules[0].src_cidr', 'expected what the rule matches');
    drift.report('', 'expected a list');
    expect(drift.all).toEqual([
      { endpoint: 'instances.list', path: '[3].ram', message: 'expected a size' },
      { endpoint: 'instances.list', path: '[12].ram', message: 'expected a size' },
      { endpoint: 'instances.list', path: '..rules[0].src_cidr', message: 'expected what the rule matches' },
      { endpoint: 'instances.list', path: '', message: 'expected a list' },
    ]);
    expect([...drift.fields]).toEqual([
      ['ram', 2],
      ['rules.src_cidr', 1],
      ['', 1],
    ]);
  });

  it('is kept of the first hundred, and counted of all', () => {
    const drift = new DriftList('instances.list');
    for (let row = 0; row < 10_000; row += 1) drift.report(`[${row}].ram`, 'expected a size');
    expect(drift.all).toHaveLength(100);
    expect(drift.all.at(-1)?.path).toBe('[99].ram');
    expect([...drift.fields]).toEqual([['ram', 10_000]]);
  });

  it('has no more fields than two hundred, and none with an endless name', () => {
    const drift = new DriftList('me.get');
    for (let field = 0; field < 300; field += 1) drift.report(`f${field}`, 'expected a text');
    drift.report('f7', 'expected a text');
    expect(drift.fields.size).toBe(200);
    expect([drift.fields.get('f7'), drift.fields.get('f199'), drift.fields.get('f200')]).toEqual([
      2,
      1,
      undefined,
    ]);
    const long = new DriftList('me.get');
    long.report('x'.repeat(5_000), 'expected a text');
    long.report(`${'[1]'.repeat(40)}${'y'.repeat(200)}`, 'expected a text');
    expect([...long.fields.keys()]).toEqual(['x'.repeat(60), 'y'.repeat(60)]);
  });
});

it.each([
  [null, 'null'],
  [[], 'array'],
  [{}, 'object'],
  ['x', 'string'],
  [undefined, 'undefined'],
])('%j is called %s', (raw, name) => expect(typeName(raw)).toBe(name));
