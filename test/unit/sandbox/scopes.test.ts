import { describe, expect, test } from 'vitest';
import { routes, type EndpointId, type Route } from '../../../main/api/routes.ts';
import { allows } from '../../../main/sandbox/state/tokens.ts';
import { startTestSandbox } from './harness.ts';

const table = Object.entries(routes) as [EndpointId, Route][];
/** Any value will do: tokens are looked at before anything else. */
const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, '1');

test('an ability is given by itself, by its domain, or by all', () => {
  expect(allows(['waf:read'], 'waf:read')).toBe(true);
  expect(allows(['waf:*'], 'waf:write')).toBe(true);
  expect(allows(['*'], 'waf:write')).toBe(true);
  expect(allows(['waf:read'], 'waf:write')).toBe(false);
  expect(allows(['instances:*'], '*')).toBe(false);
  expect(allows([], 'waf:read')).toBe(false);
});

describe('tokens', () => {
  test('without one, only the public catalog answers', async () => {
    const { ask } = await startTestSandbox();
    for (const [, route] of table) {
      const { status, at } = await ask(route.method, filled(route.path), undefined, null);
      if (route.isPublic) expect(status).toBe(200);
      else {
        expect(status, route.path).toBe(401);
        expect(at('message')).toBe('Unauthenticated.');
      }
    }
  });

  test('each endpoint refuses a token that has everything but its ability, and names it', async () => {
    const { ask } = await startTestSandbox();
    const abilities = new Set(
      table.flatMap(([, { ability }]) => (ability === null || ability === '*' ? [] : [ability])),
    );
    for (const ability of abilities) {
      const others = [...abilities].filter((other) => other !== ability);
      const minted = await ask('POST', '/me/api-tokens', { name: 'narrow', abilities: others });
      const token = String(minted.at('token'));
      for (const [, route] of table) {
        if (route.ability !== ability && route.ability !== '*') continue;
        const { status, at } = await ask(route.method, filled(route.path), undefined, token);
        expect(status, route.path).toBe(403);
        expect(at('message')).toBe(
          route.ability === '*' ? 'Invalid ability provided.' : `This token lacks the ${ability} ability.`,
        );
      }
    }
  });

  test('the read-only token reads and changes nothing', async () => {
    const { ask, sandbox, idOf } = await startTestSandbox();
    const id = await idOf('api-prod-1');
    const { readOnly } = sandbox.tokens;
    expect((await ask('GET', `/instances/${id}/metrics`, undefined, readOnly)).status).toBe(200);
    expect((await ask('POST', `/instances/${id}/power/shutdown`, undefined, readOnly)).status).toBe(403);
  });

  test('a secret is shown once, marked when used, and dead when revoked', async () => {
    const { ask } = await startTestSandbox();
    const minted = await ask('POST', '/me/api-tokens', { name: 'CI' });
    expect(minted.at('abilities')).toEqual(['*']);
    const token = String(minted.at('token'));
    expect((await ask('GET', '/me', undefined, token)).status).toBe(200);
    const row = (await ask('GET', '/me/api-tokens')).rows().find(({ name }) => name === 'CI');
    expect(row).not.toHaveProperty('token');
    expect(row?.['last_used_at']).toBe('2026-05-24T14:10:00.000Z');

    expect((await ask('DELETE', `/me/api-tokens/${String(minted.at('id'))}`)).status).toBe(204);
    expect((await ask('GET', '/me', undefined, token)).status).toBe(401);
    expect((await ask('DELETE', `/me/api-tokens/${String(minted.at('id'))}`)).status).toBe(404);
  });
});

test('too many requests get 429 with Retry-After, until the minute is over', async () => {
  const { ask, control } = await startTestSandbox({ requestsPerMinute: 3 });
  for (let count = 0; count < 3; count += 1) expect((await ask('GET', '/me')).status).toBe(200);
  const refused = await ask('GET', '/me');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('60');
  await control.advance(60_000);
  expect((await ask('GET', '/me')).status).toBe(200);
});
