import { expect, it } from 'vitest';
import { createCatalogHandlers } from '../../../../main/ipc/handlers/catalog.ts';
import { fail } from '../../../../preload/contract/result.ts';

it('reads what can be bought at the address that was asked for, and hands the answer on', async () => {
  const asked: unknown[] = [];
  const offline = fail({ kind: 'offline', message: 'No network' } as const);
  const { browse } = createCatalogHandlers((apiUrl) => {
    asked.push(apiUrl);
    return Promise.resolve(offline);
  });
  expect(await browse({ apiUrl: 'https://api.example' })).toBe(offline);
  await browse({ apiUrl: null });
  expect(asked).toEqual(['https://api.example', null]);
});
