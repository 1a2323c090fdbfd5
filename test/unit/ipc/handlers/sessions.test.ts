import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { createConsoleHandlers } from '../../../../main/ipc/handlers/console.ts';
import { createTerminalHandlers } from '../../../../main/ipc/handlers/terminal.ts';
import { createSshSettingsStore } from '../../../../main/terminal/ssh-settings-store.ts';
import type { Account } from '../../../../preload/contract/account.ts';
import type { AccountId, InstanceId, SessionId } from '../../../../preload/contract/brands.ts';

import { ok } from '../../../../preload/contract/result.ts';
import { accountId, instanceId } from '../../monitor/builders.ts';
import { FakeAccountFiles } from '../../storage/fakes.ts';

const web = instanceId('web');
const s1 = 's' as SessionId;
const closed = 'closed' as SessionId;
const page = { id: 1 } as unknown as WebContents;
const refused = { ok: false, error: { kind: 'refused' } };

/** Sessions that only `web` has, of which only `s` can be attached to a page. */
function fakeSessions() {
  const asked: (readonly unknown[])[] = [];
  return {
    asked,
    sessions: () => [{ sessionId: 's' }] as never,
    open: (id: InstanceId) => (id === web ? 's' : null) as never,
    attach: (sessionId: string, contents: unknown): boolean => {
      asked.push(['attach', sessionId, contents]);
      return sessionId === 's';
    },
    close: (sessionId: string): void => {
      asked.push(['close', sessionId]);
    },
    forgetHostKey: async (id: InstanceId): Promise<void> => {
      await Promise.resolve();
      asked.push(['forgetHostKey', id]);
    },
  };
}

const consoleHandlers = (contents: () => WebContents | null) => {
  const sessions = fakeSessions();
  return { ...sessions, handlers: createConsoleHandlers(sessions, contents) };
};

const route = { user: 'root', target: 'root@203.0.113.7', problem: null };

const terminalHandlers = (contents: () => WebContents | null) => {
  const sessions = fakeSessions();
  const sshSettings = createSshSettingsStore(new FakeAccountFiles());
  let shown: AccountId | null = accountId;
  const handlers = createTerminalHandlers({
    terminals: {
      ...sessions,
      route: () => Promise.resolve(route),
      ownerOf: () => null,
      startLog: () => Promise.reject(new Error('Not asked here')),
      stopLog: () => Promise.resolve(),
      sshCommand: (id) =>
        Promise.resolve(id === web ? ok({ arguments: ['-l', "it's"], remarks: ['x'] }) : null),
    },
    pickLogFile: () => Promise.resolve(null),
    system: { platform: 'linux', env: { PATH: '' } },
    sshSettings,
    current: () => (shown === null ? null : { account: { id: shown } as Account }),
    contents,
  });
  return { ...sessions, sshSettings, handlers, show: (id: AccountId | null) => (shown = id) };
};

describe('the call of ssh', () => {
  const { handlers } = terminalHandlers(() => page);

  it('is a text to paste, or there is no address', async () => {
    expect(await handlers.sshCommand({ instanceId: web })).toEqual(
      ok({ text: "ssh -l 'it'\\''s'", remarks: ['x'] }),
    );
    expect(await handlers.sshCommand({ instanceId: instanceId('gone') })).toMatchObject(refused);
  });

  it('is opened nowhere where ssh is not installed, and says so', async () => {
    expect(await handlers.openOutside({ instanceId: web })).toMatchObject({
      ok: false,
      error: {
        kind: 'refused',
        message: 'OpenSSH’s ssh is not installed, or not in the PATH. Install it, or connect here.',
      },
    });
  });
});

describe.each([
  ['consoles', consoleHandlers],
  ['terminals', terminalHandlers],
])('the calls about %s', (_domain, started) => {
  it('say which are open, and open one for an instance', async () => {
    const { handlers } = started(() => page);
    expect(await handlers.sessions(undefined)).toEqual(ok([{ sessionId: 's' }]));
    expect(await handlers.open({ instanceId: web })).toEqual(ok({ sessionId: 's' }));
    expect(await handlers.open({ instanceId: instanceId('gone') })).toMatchObject(refused);
  });

  it('attach one to the window’s page, unless it is closed', async () => {
    const { handlers, asked } = started(() => page);
    expect(await handlers.attach({ sessionId: s1 })).toEqual(ok(undefined));
    expect(await handlers.attach({ sessionId: closed })).toMatchObject(refused);
    expect(asked).toEqual([
      ['attach', 's', page],
      ['attach', 'closed', page],
    ]);
  });

  it('attach none where no window is open', async () => {
    const { handlers, asked } = started(() => null);
    expect(await handlers.attach({ sessionId: s1 })).toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('close one', async () => {
    const { handlers, asked } = started(() => page);
    expect(await handlers.close({ sessionId: s1 })).toEqual(ok(undefined));
    expect(asked).toEqual([['close', 's']]);
  });
});

describe('the settings of SSH', () => {
  const settings = { host: 'web.example', port: 2222, user: 'jane', auth: { method: 'auto' } } as const;

  it('are those of the account that is shown', async () => {
    const { handlers, sshSettings, show } = terminalHandlers(() => page);
    expect(await handlers.saveSettings({ instanceId: web, settings })).toEqual(ok(undefined));
    expect(await handlers.settings({ instanceId: web })).toEqual(ok(settings));
    expect(await handlers.allSettings(undefined)).toMatchObject({
      ok: true,
      value: { byId: { web: settings } },
    });
    show('other' as AccountId);
    expect(await handlers.settings({ instanceId: web })).toMatchObject({ value: { port: null, user: null } });
    expect(await handlers.allSettings(undefined)).toHaveProperty('value.byId', {});
    expect(sshSettings.all(accountId).byId).toEqual({ web: settings });
  });

  it('come to a way to the instance', async () => {
    const { handlers } = terminalHandlers(() => page);
    expect(await handlers.route({ instanceId: web })).toEqual(ok(route));
  });

  it('are neither shown nor kept where no account can be used', async () => {
    const { handlers, sshSettings, show } = terminalHandlers(() => page);
    show(null);
    const noAccount = { ok: false, error: { kind: 'no-account' } };
    expect(await handlers.saveSettings({ instanceId: web, settings })).toEqual(noAccount);
    expect(await handlers.settings({ instanceId: web })).toEqual(noAccount);
    expect(await handlers.allSettings(undefined)).toEqual(noAccount);
    expect(sshSettings.all(accountId).byId).toEqual({});
  });

  it('a host key counts as forgotten once it is', async () => {
    const { handlers, asked } = terminalHandlers(() => page);
    expect(await handlers.forgetHostKey({ instanceId: web })).toEqual(ok(undefined));
    expect(asked).toEqual([['forgetHostKey', 'web']]);
  });
});
