import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { readList } from '../../../../main/api/read/shapes.ts';
import type { EndpointId } from '../../../../main/api/routes.ts';
import { samples } from '../support/samples.ts';

/** Turns what follows it around, hides, begins an escape sequence, breaks the line. */
const hidden = ['\u202e', '\u200b', '\u001b', '\n', '\u0000', '\u2066'];
/** Texts that a person or a program reads for themselves: ids are opaque, a secret is handed over as it is. */
const exempt = /^(?:id|\w+Id|packageId|publicKey|text|output|secret|token|password)$/;

/** A body in which each text that is a word has what hides behind it and in front of it. */
function spoiled(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((each) => spoiled(each, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoiled(inner, name)]));
  const isWord = typeof value === 'string' && /^[A-Za-z][\w .-]*$/.test(value);
  return isWord ? `${hidden.join('')}${value}${hidden.join('')}gnp.exe` : value;
}

function textsIn(value: unknown, key = ''): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name));
}

const ids = (Object.keys(samples) as EndpointId[]).filter(
  (id) => !/^agent\.(?:chat|conversation)$|vnc|resetPassword|tokens\.create/.test(id),
);

describe.each(ids)('%s', (id) => {
  it('gives no text that hides or turns around what is shown', () => {
    const endpoint: AnyEndpoint = endpoints[id];
    const body = spoiled(samples[id].body, '');
    const value =
      endpoint.kind === 'list'
        ? readList(body, endpoint.readRow, '', () => undefined)
        : endpoint.decode(body, () => undefined, samples[id].input as never);
    const bad = textsIn(value).filter(
      ([key, text]) => !exempt.test(key) && hidden.some((character) => text.includes(character)),
    );
    expect(bad).toEqual([]);
  });
});
