import { expect, test, vi } from 'vitest';
import { createConnectionChecks } from '../../../main/connection-check/index.ts';
import { ownAddressTowards } from '../../../main/connection-check/own-address.ts';
import type { AppTerminals } from '../../../main/terminal/index.ts';
import type { ConnectionCheck } from '../../../preload/contract/connection-check.ts';
import { accountId } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { instance } from '../domain/samples.ts';

vi.mock('electron', () => ({}));

type Jump = NonNullable<ReturnType<AppTerminals['reachOf']>>['routing']['jump'];

function started(throws = false, jump: Jump = { kind: 'config' }) {
  const told: (ConnectionCheck | null)[] = [];
  const reported: unknown[] = [];
  const client = new FakeClient();
  client.answer('shield.ips', []);
  const web = { ...instance('web', 'stopped'), name: 'web', mainIp: '192.0.2.9', addresses: ['192.0.2.9'] };
  const checks = createConnectionChecks({
    find: (id) =>
      id === web.id ? { account: { id: accountId }, instance: web, instances: [web], client } : null,
    terminals: {
      reachOf: () => ({
        title: 'web',
        accountId,
        host: '192.0.2.9',
        port: 22,
        user: 'root',
        auth: { method: 'auto' },
        preferredKey: null,
        routing: {
          usesConfig: true,
          isPortSet: false,
          isUserSet: false,
          jump,
          forwardsAgent: null,
        },
      }),
      checkSignIn: () => null,
      endsAt: () => undefined,
    },
    onChange: (check) => {
      told.push(check);
      if (throws && told.length === 1) throw new Error('a bug');
    },
    report: (cause) => reported.push(cause),
  });
  return { checks, told, reported, id: web.id };
}

test('a check tells how it goes until it is over', async () => {
  const { checks, told, id } = started();
  expect(checks.start(id)).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(told.at(-1)?.isRunning).toBe(false));
  expect(told.at(-1)).toMatchObject({
    target: 'root@192.0.2.9',
    conclusion: 'web is stopped: nothing answers on it.',
  });
  expect(checks.start('gone' as typeof id)).toMatchObject({ error: { kind: 'not-found' } });
});

test.each([
  ['none', [], 'Not checked: the instance does not run.'],
  [
    'one',
    [
      {
        host: '198.51.100.4',
        port: null,
        user: null,
        otherwiseUser: null,
        auth: { method: 'auto' },
        usesConfig: true,
        followsOwnJump: false,
      },
    ],
    'Not checked: a jump host connects, not this computer.',
  ],
] as const)(
  'the port is not looked at from here behind a jump host; chosen: %s',
  async (_, hosts, finding) => {
    const { checks, told, id } = started(false, { kind: 'hosts', hosts });
    checks.start(id);
    await vi.waitFor(() => expect(told.at(-1)?.isRunning).toBe(false));
    expect(told.at(-1)?.steps.find(({ name }) => name === 'port')).toMatchObject({ finding });
  },
);

test('one that nobody looks at any more tells nothing', async () => {
  const { checks, told, id } = started();
  checks.start(id);
  checks.stop();
  const count = told.length;
  expect(told.at(-1)).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toHaveLength(count);
});

test('one in which the app’s own code throws ends, and says so', async () => {
  const { checks, told, reported, id } = started(true);
  checks.start(id);
  await vi.waitFor(() => expect(reported).toHaveLength(1));
  expect(told.at(-1)).toMatchObject({
    isRunning: false,
    conclusion: 'Something went wrong in the app. Check again.',
  });
});

test('this computer’s own address is told where it is one of the Internet', async () => {
  expect(await ownAddressTowards('127.0.0.1')).toBeNull();
  expect(await ownAddressTowards('not an address')).toBeNull();
});
