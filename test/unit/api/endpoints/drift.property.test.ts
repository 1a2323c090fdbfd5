import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { DriftList } from '../../../../main/api/read/drift.ts';
import { readList } from '../../../../main/api/read/shapes.ts';
import { routes, type EndpointId } from '../../../../main/api/routes.ts';
import { samples } from '../support/samples.ts';

const ids = Object.keys(routes) as EndpointId[];

/** Values that break careless readers. */
const odd = fc.constantFrom<unknown>(
  null, '', '0', 'NaN', -1, 0, 1e308, 5e-324, '9'.repeat(400), [], {}, [[]], [null], { id: null }, true,
  '0000-00-00 00:00:00', '\u0000', '\ud800', '<img onerror=alert(1)>', { __proto__: null, toString: 1 },
); // prettier-ignore
const replacement = fc.oneof(odd, fc.jsonValue({ maxDepth: 3 }));

/** A sample answer with some of its parts replaced, dropped or added. */
function drifted(sample: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat({ max: 200 }),
    kind: fc.constantFrom('replace', 'drop', 'add', 'wrap'),
    value: replacement,
    name: fc.constantFrom('id', 'data', 'status', 'extra', 'length', 'toString'),
  });
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    const root: { value: unknown } = { value: structuredClone(sample) };
    for (const { at, kind, value: shared, name } of changes) {
      const value: unknown = structuredClone(shared);
      const places = placesOf(root);
      const place = places[at % places.length];
      if (place === undefined) continue;
      if (kind === 'drop') Reflect.deleteProperty(place.owner, place.key);
      else if (kind === 'add' && Array.isArray(place.owner)) place.owner.push(value);
      else if (kind === 'add') Reflect.set(place.owner, name, value);
      else Reflect.set(place.owner, place.key, kind === 'wrap' ? { data: place.owner[place.key] } : value);
    }
    return JSON.parse(JSON.stringify(root.value ?? null)) as unknown;
  });
}

interface Place {
  readonly owner: Record<string, unknown>;
  readonly key: string;
}

function placesOf(owner: object): Place[] {
  return Object.entries(owner).flatMap(([key, value]: [string, unknown]) => [
    { owner: owner as Record<string, unknown>, key },
    ...(typeof value === 'object' && value !== null ? placesOf(value) : []),
  ]);
}

function decode(id: EndpointId, body: unknown): { readonly value: unknown; readonly drift: DriftList } {
  const endpoint: AnyEndpoint = endpoints[id];
  const drift = new DriftList(id);
  const value =
    endpoint.kind === 'list'
      ? readList(body, endpoint.readRow, '', drift.report)
      : endpoint.decode(body, drift.report, samples[id].input as never);
  return { value, drift };
}

describe.each(ids)('%s', (id) => {
  it('never throws, whatever drifts in its answer', () => {
    fc.assert(
      fc.property(fc.oneof(drifted(samples[id].body ?? null), replacement), (body) => {
        const { value, drift } = decode(id, body);
        // What cannot be read is said, never passed over.
        if (value === null) expect(drift.all.length).toBeGreaterThan(0);
        expect(value).not.toBeUndefined();
        // What was read can cross to the renderer.
        expect(() => structuredClone(value)).not.toThrow();
      }),
      { numRuns: 150 },
    );
  });

  it.each([null, '', ' ', 0, false, [], {}])(
    'says so where one of its fields is %j and nothing can be read',
    (put) => {
      const count = placesOf(samples[id].body ?? {}).length;
      for (let index = 0; index < count; index += 1) {
        const body: object = structuredClone(samples[id].body ?? {});
        const place = placesOf(body)[index];
        if (place !== undefined) place.owner[place.key] = put;
        const { value, drift } = decode(id, body);
        if (value === null) expect(drift.all.length, place?.key).toBeGreaterThan(0);
      }
    },
  );
});
