import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { WebContents } from 'electron';
import { createSshSettingsStore, defaultSshSettings } from '../../../main/terminal/ssh-settings-store.ts';
import { createExpectedHostKeys } from '../../../main/terminal/expected-host-keys.ts';
import type {
  FromSshProcess,
  SecretPlace,
  SessionTarget,
  ToSshProcess,
} from '../../../main/terminal/protocol.ts';
import { createAppTerminals } from '../../../main/terminal/app-terminals.ts';
import type { SecretOwner } from '../../../main/terminal/ssh-secrets.ts';
import type { Account } from '../../../preload/contract/account.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { instance } from '../domain/samples.ts';

/** The ssh process: what main sent, and how it answers. */
const child = vi.hoisted((): { got: unknown[]; answer: (message: unknown) => void } => ({
  got: [],
  answer: () => undefined,
}));
vi.mock('electron', () => ({
  MessageChannelMain: class {
    readonly port1 = 'for the process';
    readonly port2 = 'for the page';
  },
}));

const web = 'web' as InstanceId;
const jane = 'jane' as AccountId;
const account = { id: jane } as unknown as Account;

function started(mainIp: string | null = '203.0.113.7') {
  const files = new FakeAccountFiles();
  const sshSettings = createSshSettingsStore(files);
  const kept = new Map<string, string>();
  const nameOf = ({ instanceId, host, port, user }: SecretOwner, kind: string): string =>
    `${kind} of ${instanceId}, ${user}@${host}:${port}`;
  const server = { mainIp };
  const terminals = createAppTerminals({
    fork: () =>
      ({
        postMessage: (message: unknown) => void child.got.push(message),
        on: (event: string, listener: (message: unknown) => void) => {
          if (event === 'message') child.answer = listener;
        },
        kill: () => true,
      }) as never,
    modulePath: '/app/ssh.js',
    knownHostsPath: '/data/known_hosts',
    sshSettings,
    secrets: {
      read: (owner: SecretOwner, kind: string) => Promise.resolve(kept.get(nameOf(owner, kind)) ?? null),
      write: (owner: SecretOwner, kind: string, secret: string) => {
        kept.set(nameOf(owner, kind), secret);
        return Promise.resolve(true);
      },
      remove: (owner: SecretOwner, kind: string) => Promise.resolve(void kept.delete(nameOf(owner, kind))),
    } as never,
    newKeys: createExpectedHostKeys(files, () => 0),
    freshPassword: () => 'fresh-password',
    find: (id) =>
      id === web ? { account, instance: { ...instance(web), name: 'web', mainIp: server.mainIp } } : null,
    scrollbackLines: () => 1_000,
    theme: () => 'evorxa-dark',
    reconnects: () => false,
    onChanged: () => undefined,
    onConnection: () => undefined,
    onForwards: () => undefined,
    onFileNews: () => undefined,
    report: (cause) => {
      throw cause;
    },
  });
  return { terminals, sshSettings, kept, server };
}

const sent = (): ToSshProcess[] => child.got as ToSshProcess[];
const opened = (): SessionTarget | undefined =>
  sent().findLast((message): message is Extract<ToSshProcess, { type: 'open' }> => message.type === 'open')
    ?.target;
/** What the process is told when it asks for a kept password of a session. */
async function passwordOf(
  sessionId: SessionId,
  requestId: number,
  place: Partial<SecretPlace> = {},
): Promise<string | null> {
  const asks: FromSshProcess = {
    type: 'secret-wanted',
    requestId,
    sessionId,
    kind: 'password',
    place: { host: '203.0.113.7', port: 22, user: 'root', isJumpHost: false, ...place },
  };
  child.answer(asks);
  return vi.waitFor(() => {
    const answer = sent().find((message) => message.type === 'secret' && message.requestId === requestId);
    if (answer?.type !== 'secret') throw new Error('Not answered yet.');
    return answer.secret;
  });
}

beforeEach(() => {
  child.got.length = 0;
});

describe('a shell', () => {
  test('goes to the address of the instance, or to the host that was set for it', () => {
    const { terminals, sshSettings } = started();
    expect(terminals.open(web)).not.toBeNull();
    expect(opened()).toMatchObject({ accountId: jane, host: '203.0.113.7', port: 22, user: 'root' });
    sshSettings.save(jane, web, { ...defaultSshSettings, host: 'web.example', port: 2222, user: 'jane' });
    terminals.open(web);
    expect(opened()).toMatchObject({ host: 'web.example', port: 2222, user: 'jane' });
  });

  test.each([[null], ['203.0.113.9/24'], ['203.0.113.9\n  ForwardAgent yes'], ['-oProxyCommand=x']])(
    'goes nowhere where the address is %j',
    (mainIp) => {
      const { terminals } = started(mainIp);
      expect(terminals.open(web)).toBeNull();
      expect(sent()).toEqual([]);
    },
  );

  test('is none for an instance that no account has', () => {
    expect(started().terminals.open('other' as InstanceId)).toBeNull();
  });

  test('gets a fresh password where the instance was reached when it was reset, and nowhere else', async () => {
    const { terminals, sshSettings, kept } = started();
    kept.set('password of web, root@203.0.113.7:22', 'kept-password');
    const before = terminals.open(web) as SessionId;
    expect(await passwordOf(before, 1)).toBe('kept-password');
    terminals.allowFresh(web, 'root');
    let requestId = 1;
    await vi.waitFor(async () => expect(await passwordOf(before, (requestId += 1))).toBe('fresh-password'));
    expect(await passwordOf(before, (requestId += 1), { isJumpHost: true })).toBe('kept-password');
    sshSettings.save(jane, web, { ...defaultSshSettings, host: 'elsewhere.example' });
    const elsewhere = terminals.open(web) as SessionId;
    expect(await passwordOf(elsewhere, (requestId += 1), { host: 'elsewhere.example' })).toBeNull();
  });

  test('keeps a password for where the instance is reached now, and for no instance that is not', async () => {
    const { terminals, kept, server } = started();
    expect(await terminals.keepPassword(web, 'root', 'new')).toBe(true);
    expect([...kept]).toEqual([['password of web, root@203.0.113.7:22', 'new']]);
    server.mainIp = null;
    expect(await terminals.keepPassword(web, 'root', 'newer')).toBe(false);
    expect(kept.size).toBe(1);
  });

  test('is told of a new host key once, after its instance was reinstalled', () => {
    const { terminals } = started();
    const expected = {
      type: 'expect-new-key',
      accountId: account.id,
      host: '203.0.113.7',
      port: 22,
      // A day after the reinstall, at 0.
      untilMs: 86_400_000,
    };
    const first = terminals.open(web) as SessionId;
    terminals.expectNewHostKey(web);
    expect(sent()).toContainEqual(expected);
    child.answer({ type: 'new-key-taken', sessionId: first });
    child.got.length = 0;
    terminals.open(web);
    expect(sent()).not.toContainEqual(expected);
  });

  test('is not told of a new host key of an account that was signed out, and its process forgets the one it knows', () => {
    const { terminals } = started();
    terminals.open(web);
    terminals.expectNewHostKey(web);
    child.got.length = 0;
    terminals.forgetAccount(account.id);
    expect(sent()).toEqual([{ type: 'account-gone', accountId: account.id }]);
    terminals.open(web);
    expect(sent().map(({ type }) => type)).toEqual(['account-gone', 'open']);
  });

  test('is shown by a page that is given its port, and by none that asks for another', () => {
    const { terminals } = started();
    const posted: unknown[][] = [];
    const contents = { postMessage: (...all: unknown[]) => void posted.push(all) } as unknown as WebContents;
    const sessionId = terminals.open(web) as SessionId;
    expect(terminals.attach(sessionId, contents)).toBe(true);
    expect(posted).toEqual([[expect.any(String), sessionId, ['for the page']]]);
    expect(terminals.attach('other' as SessionId, contents)).toBe(false);
    expect(posted).toHaveLength(1);
  });
});
