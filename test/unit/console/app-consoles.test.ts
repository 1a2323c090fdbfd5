import type { WebContents } from 'electron';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../../main/api/index.ts';
import { createAppConsoles } from '../../../main/console/app-consoles.ts';
import type { OpenSocket } from '../../../main/console/secure-socket.ts';
import type { AccountId, SessionId } from '../../../preload/contract/brands.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { settle } from '../monitor/fake-time.ts';
import { fakeSockets, type Page as PageType } from './console-rig.ts';

const opened = vi.hoisted((): { open: OpenSocket | null; ports: PageType[] } => ({ open: null, ports: [] }));
vi.mock('electron', async () => {
  const { Page } = await import('./console-rig.ts');
  return {
    MessageChannelMain: class {
      readonly port1 = new Page();
      readonly port2 = 'for the page';
      constructor() {
        opened.ports.push(this.port1);
      }
    },
  };
});
vi.mock('../../../main/console/secure-socket.ts', () => ({
  openSecureSocket: ((...args) => opened.open?.(...args)) as OpenSocket,
}));
vi.mock('../../../main/console/trusted-roots.ts', () => ({
  trustedRoots: (env: unknown) => [env === process.env ? 'the roots of this computer' : 'others'],
}));

const jane = 'jane' as AccountId;
const demo = 'demo' as AccountId;

function started() {
  const client = new FakeClient();
  client.answer('instances.vnc', { url: 'wss://vnc.example/', password: 'secret' });
  const { sockets, openSocket } = fakeSockets();
  opened.open = openSocket;
  opened.ports = [];
  const owners = new Map([
    ['web', jane],
    ['sandbox', demo],
    ['left', 'left' as AccountId],
  ]);
  const signals: (AbortSignal | undefined)[] = [];
  const request = ((id, input, options) => {
    signals.push(options?.signal);
    return client.request(id, input, options);
  }) as ApiClient['request'];
  const consoles = createAppConsoles({
    client: (accountId) => (accountId === 'left' ? null : { request }),
    find: (id) => {
      const accountId = owners.get(id);
      return accountId === undefined ? null : { accountId, title: id };
    },
    password: () => null,
    mask: () => () => undefined,
    onChanged: () => undefined,
  });
  const posted: unknown[] = [];
  const contents = {
    postMessage: (...args: readonly unknown[]) => posted.push(args),
  } as unknown as WebContents;
  /** Opens the console of an instance in a page. */
  const look = async (id: string): Promise<SessionId> => {
    const sessionId = consoles.open(instanceId(id));
    if (sessionId === null) throw new Error('The console did not open.');
    expect(consoles.attach(sessionId, contents)).toBe(true);
    await settle();
    return sessionId;
  };
  return { consoles, client, signals, sockets, posted, contents, look };
}

describe('the consoles of the app', () => {
  // It is loaded with the first console, which takes longer than a turn.
  beforeAll(() => import('../../../main/console/network.ts'));

  it('give the page its end of a port, and connect over the other', async () => {
    const { posted, look, client, sockets } = started();
    const sessionId = await look('web');
    expect(posted).toEqual([['evorxa:session-port', sessionId, ['for the page']]]);
    expect(opened.ports[0]?.phases).toEqual(['asking', 'connecting']);
    expect(client.calls).toEqual([{ id: 'instances.vnc', input: { path: { id: 'web' } } }]);
    expect(sockets[0]?.url).toBe('wss://vnc.example/');
  });

  it('give the page nothing of a console that is not there', () => {
    const { consoles, posted, contents } = started();
    expect(consoles.attach('nothing' as SessionId, contents)).toBe(false);
    expect(posted).toEqual([]);
  });

  it('have each an id of its own', async () => {
    const { look } = started();
    expect(await look('web')).not.toBe(await look('web'));
  });

  it('give up a request to the API whose page is gone', async () => {
    const { look, client, signals, sockets } = started();
    client.hold('instances.vnc');
    await look('web');
    expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
    opened.ports[0]?.close();
    await settle();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    expect(opened.ports[0]?.phases).toEqual(['asking']);
    expect(sockets).toEqual([]);
  });

  it('trust what this computer does, except those that are to trust one certificate alone', async () => {
    const { consoles, look, sockets } = started();
    consoles.trustOnly(demo, 'the certificate of the sandbox');
    await look('web');
    await look('sandbox');
    expect(sockets.map(({ options }) => options.roots)).toEqual([
      ['the roots of this computer'],
      ['the certificate of the sandbox'],
    ]);
  });

  it('say what the API says, and that an account is signed out', async () => {
    const { consoles, look, client, sockets } = started();
    await look('left');
    client.fail('instances.vnc', { kind: 'not-found', message: 'Not found' });
    await look('web');
    expect(consoles.sessions().map(({ state }) => state)).toMatchObject([
      {
        phase: 'ended',
        reason: 'refused',
        sentence: expect.stringContaining('The token was refused.') as string,
      },
      { phase: 'ended', reason: 'refused', sentence: expect.stringContaining('no longer exists') as string },
    ]);
    expect(sockets).toEqual([]);
  });
});
