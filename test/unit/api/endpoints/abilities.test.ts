import { expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import { readList } from '../../../../main/api/read/shapes.ts';

function abilitiesOf(raw: Readonly<Record<string, unknown>>): unknown {
  const row = { id: 7, name: 'nightly', ...raw };
  return readList([row], endpoints['tokens.list'].readRow, '', () => undefined)?.[0]?.abilities;
}

it.each([
  [{ abilities: ['instances:read', 'wallet:read'] }, ['instances:read', 'wallet:read']],
  [{ scopes: 'instances:read wallet:read' }, ['instances:read', 'wallet:read']],
  [
    { permissions: [{ name: 'instances:read', granted: true }, { name: 'wallet:read' }] },
    ['instances:read', 'wallet:read'],
  ],
  [
    { permissions: [{ name: 'instances:read' }, { name: 'instances:write', granted: false }] },
    ['instances:read'],
  ],
  [{ permissions: [{ name: 'instances:read', enabled: '0' }] }, []],
])('of a token are those that it has: %j', (raw, abilities) => {
  expect(abilitiesOf(raw)).toEqual(abilities);
});
