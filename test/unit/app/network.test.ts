import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createApiFetch, createRequestLog } from '../../../main/app/network.ts';

interface FakeSession {
  readonly partition: string;
  readonly closeAllConnections: () => Promise<void>;
}
const opened = vi.hoisted((): { sessions: FakeSession[]; sent: unknown[][] } => ({ sessions: [], sent: [] }));
vi.mock('../../../main/desktop/lockdown.ts', () => ({
  openNetworkSession: (partition: string): FakeSession => {
    const session = { partition, closeAllConnections: () => Promise.resolve() };
    opened.sessions.push(session);
    return session;
  },
}));
vi.mock('../../../main/desktop/session-fetch.ts', () => ({
  createSessionFetch:
    ({ partition }: FakeSession) =>
    (...sent: unknown[]) => {
      opened.sent.push([partition, ...sent]);
      return Promise.resolve('answer');
    },
}));

beforeEach(() => {
  opened.sessions.length = 0;
  opened.sent.length = 0;
});

describe('requests to the API', () => {
  it('go through sessions of their own, as they were made: reads by one, changes by others', async () => {
    const fetch = createApiFetch();
    const get = { method: 'GET' } as Parameters<typeof fetch>[1];
    const post = { method: 'POST' } as Parameters<typeof fetch>[1];
    expect(await fetch('https://api.evorxa.com/api/me', get)).toBe('answer');
    await fetch('https://api.evorxa.com/api/instances', post);
    expect(opened.sent.map(([partition, url]) => [partition, url])).toEqual([
      ['evorxa-api-reads', 'https://api.evorxa.com/api/me'],
      ['evorxa-api-changes-0', 'https://api.evorxa.com/api/instances'],
    ]);
    expect(opened.sent[0]?.[2]).toMatchObject({ method: 'GET' });
    expect(opened.sent[1]?.[2]).toMatchObject({ method: 'POST' });
  });
});

it('each request that was sent is a line of the log, without where it went', () => {
  const info = vi.fn();
  const log = createRequestLog({ info });
  const entry = { endpoint: 'instances.list', status: 200, outcome: 'ok' } as Parameters<typeof log>[0];
  log({ ...entry, attempt: 0, durationMs: 12.6 });
  log({ ...entry, attempt: 2, durationMs: 0.4 });
  expect(info.mock.calls).toEqual([
    ['instances.list 200 13 ms ok, try 1'],
    ['instances.list 200 0 ms ok, try 3'],
  ]);
});
