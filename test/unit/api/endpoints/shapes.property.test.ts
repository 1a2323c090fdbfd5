import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { DriftList } from '../../../../main/api/read/drift.ts';
import { readList } from '../../../../main/api/read/shapes.ts';
import { routes, type EndpointId } from '../../../../main/api/routes.ts';
import { plainShapes, reshape, type ShapeChoices } from '../../../../main/sandbox/http/reshape.ts';
import { samples } from '../support/samples.ts';

const choices: fc.Arbitrary<ShapeChoices> = fc.record({
  names: fc.constantFrom('snake', 'camel', 'pascal', 'kebab'),
  wrapper: fc.constantFrom('none', 'data', 'resource', 'embedded'),
  lists: fc.constantFrom('list', 'map'),
  objects: fc.constantFrom('flat', 'nested'),
  inner: fc.constantFrom('plain', 'json'),
  words: fc.constantFrom('text', 'labelled'),
  numbers: fc.constantFrom('number', 'text'),
  truths: fc.constantFrom('boolean', 'number', 'word'),
  times: fc.constantFrom('iso', 'sql', 'seconds', 'milliseconds', 'microseconds', 'mail', 'offset', 'zoned'),
  series: fc.constantFrom('rows', 'columns', 'pairs', 'headed'),
  ids: fc.constantFrom('id', '_id', 'uuid', 'identifier'),
  money: fc.constantFrom('cents', 'dollars', 'object'),
  sizes: fc.constantFrom('flat', 'specs', 'resources'),
});

/** Reads whose answers have a shape at all; a secret that cannot be found is shown with its whole answer. */
const ids = (Object.keys(routes) as EndpointId[]).filter((id) => samples[id].body !== undefined);

function decode(
  id: EndpointId,
  body: unknown,
): { readonly value: unknown; readonly said: readonly string[] } {
  const endpoint: AnyEndpoint = endpoints[id];
  const drift = new DriftList(id);
  const value =
    endpoint.kind === 'list'
      ? readList(body, endpoint.readRow, '', drift.report)
      : endpoint.decode(body, drift.report, samples[id].input as never);
  return { value, said: drift.all.map(({ path }) => path) };
}

describe.each(ids)('%s', (id) => {
  it('is read the same in whatever shape it comes', () => {
    const { body } = samples[id];
    const plain = decode(id, body);
    expect(plain.said).toEqual([]);
    fc.assert(
      fc.property(choices, (shape) => {
        const shaped: unknown = JSON.parse(JSON.stringify(reshape(body, shape)));
        expect(decode(id, shaped)).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });
});

/** Answers 200 that say they failed, with what they would have had else. */
const failures: fc.Arbitrary<(shaped: unknown) => unknown> = fc.constantFrom<(shaped: unknown) => unknown>(
  (shaped) => ({ success: false, message: 'Maintenance', data: shaped }),
  (shaped) => ({ status: 'error', data: shaped }),
  (shaped) => ({ error: { code: 'maintenance' }, items: shaped }),
  () => ({ success: false, data: [] }),
  () => ({ errors: [{ detail: 'Maintenance' }], data: [] }),
);
const lists = ids.filter(
  (id) =>
    endpoints[id].kind === 'list' || /^catalog\.|^shield\.(?:top|countries|ports|pps|bandwidth)/.test(id),
);

describe.each(lists)('%s that failed', (id) => {
  it('is no list, whatever its shape', () => {
    fc.assert(
      fc.property(choices, failures, (shape, failed) => {
        const body: unknown = JSON.parse(JSON.stringify(failed(reshape(samples[id].body, shape))));
        expect(decode(id, body).value).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
});

it('leaves an answer as it is where nothing else is chosen', () => {
  for (const id of ids) expect(reshape(samples[id].body, plainShapes)).toEqual(samples[id].body);
});
