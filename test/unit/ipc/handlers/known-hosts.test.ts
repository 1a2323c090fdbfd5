import { describe, expect, it } from 'vitest';
import { createKnownHostHandlers } from '../../../../main/ipc/handlers/known-hosts.ts';
import type { SshRequest } from '../../../../main/terminal/requests.ts';
import type { SshSettings } from '../../../../preload/contract/terminal.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import { instance, snapshot } from '../../domain/samples.ts';
import { accountId } from '../../monitor/builders.ts';

const lineId = 'a'.repeat(64);
const settings: SshSettings = { host: null, port: 22, user: 'root', auth: { method: 'auto' } };

function started(answer: Result<unknown> = ok({ lines: [] }), isSignedIn = true) {
  const asked: SshRequest[] = [];
  const web = { ...instance('web'), mainIp: '203.0.113.7', addresses: ['203.0.113.7', '2001:db8::7'] };
  const fresh = { ...instance('fresh'), mainIp: null, addresses: [] };
  const handlers = createKnownHostHandlers({
    terminals: {
      request: (request) => {
        asked.push(request);
        return Promise.resolve(answer as never);
      },
    },
    sshSettings: {
      get: (_account, id) => (id === web.id ? { ...settings, host: 'web.example', port: 2222 } : settings),
    },
    current: () =>
      isSignedIn ? { account: { id: accountId }, monitor: { snapshot: () => snapshot([web, fresh]) } } : null,
  });
  return { handlers, asked };
}

describe('the calls about known hosts', () => {
  it('ask for the list with every address under which an instance may be filed, each once', async () => {
    const { handlers, asked } = started();
    expect(await handlers.list(undefined)).toEqual(ok({ lines: [] }));
    const at = (host: string, port: number) => ({ instanceId: 'web', host, port });
    expect(asked).toEqual([
      {
        kind: 'list-known-hosts',
        addresses: ['web.example', '203.0.113.7', '2001:db8::7'].flatMap((host) => [
          at(host, 2222),
          at(host, 22),
        ]),
      },
    ]);
  });

  it('list the keys without an account, too', async () => {
    const { handlers, asked } = started(undefined, false);
    expect(await handlers.list(undefined)).toMatchObject({ ok: true });
    expect(asked).toEqual([{ kind: 'list-known-hosts', addresses: [] }]);
  });

  it('forget a line, and say why one could not be', async () => {
    const { handlers, asked } = started(ok(undefined));
    expect(await handlers.forget({ lineId })).toEqual(ok(undefined));
    expect(asked).toEqual([{ kind: 'forget-known-host', lineId }]);
    const failing = started(fail({ kind: 'refused', message: 'EROFS' })).handlers;
    const refused = (message: string) => fail({ kind: 'refused', message });
    expect(await failing.forget({ lineId })).toEqual(refused('The key could not be forgotten (EROFS).'));
    expect(await failing.list(undefined)).toEqual(refused('The known hosts could not be read (EROFS).'));
  });

  it('read the fingerprints of what was pasted', async () => {
    const { handlers } = started();
    const fingerprint = `SHA256:${'a'.repeat(43)}`;
    expect(await handlers.readFingerprints({ text: `256 ${fingerprint} web` })).toEqual(ok([fingerprint]));
    expect(await handlers.readFingerprints({ text: 'hello' })).toMatchObject({
      error: { kind: 'refused', message: expect.stringContaining('No fingerprint') as string },
    });
  });
});
