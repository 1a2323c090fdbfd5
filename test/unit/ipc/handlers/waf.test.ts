import { describe, expect, it, vi } from 'vitest';
import { createWafHandlers } from '../../../../main/ipc/handlers/waf.ts';
import type { Waf } from '../../../../main/waf/index.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import type { WatchKey } from '../../../../preload/contract/watch.ts';
import { appId, hostnameId } from '../../waf/builders.ts';

const app = { appId: appId('71') };
const name = { ...app, hostnameId: hostnameId('301') };

function started() {
  const asked: unknown[] = [];
  const read: WatchKey[] = [];
  const answering =
    (what: string) =>
    (wanted: unknown): Promise<unknown> => {
      asked.push([what, wanted]);
      return Promise.resolve(what === 'remove' ? fail({ kind: 'busy', message: '' }) : ok(what));
    };
  const waf = new Proxy({}, { get: (_target, key) => answering(String(key)) }) as Waf;
  const watches = {
    known: () => null,
    refreshAfterCurrent: (key: WatchKey) => {
      read.push(key);
      return Promise.resolve();
    },
  };
  const current = vi.fn<Parameters<typeof createWafHandlers>[0]>(() => ({ waf, watches }));
  return { handlers: createWafHandlers(current), current, asked, read };
}

describe('the calls of the WAF', () => {
  it('pass on what is wanted, and have what they changed read again, however they ended', async () => {
    const { handlers, asked, read } = started();
    const wanted = {
      name: 'shop',
      origin: { ip: '203.0.113.5' },
      originPort: null,
      hostname: 'a.example.com',
    };
    expect(await handlers.create(wanted)).toEqual(ok('create'));
    expect(read.splice(0)).toEqual([{ kind: 'waf-apps' }]);
    expect(await handlers.remove({ ...app, acceptsOutage: true })).toMatchObject({ ok: false });
    expect(read.splice(0)).toEqual([{ kind: 'waf-apps' }]);
    const inApp = [
      ['setFirewall', { ...app, isOn: true }],
      ['addHostname', { ...app, hostname: 'b.example.com' }],
      ['retryCertificate', { ...name, despiteDns: false }],
      ['removeHostname', { ...name, acceptsOutage: false }],
    ] as const;
    for (const [call, argument] of inApp) {
      expect(await handlers[call](argument as never)).toEqual(ok(call));
      expect(read.splice(0)).toEqual([{ kind: 'waf-apps' }, { kind: 'waf-app', appId: '71' }]);
    }
    expect(asked).toEqual([['create', wanted], ['remove', { ...app, acceptsOutage: true }], ...inApp]);
  });

  it('read nothing again where they only ask', async () => {
    const { handlers, read } = started();
    expect(await handlers.checkDns(name)).toEqual(ok('checkDns'));
    expect(await handlers.checkOrigin(app)).toEqual(ok('checkOrigin'));
    expect(read).toEqual([]);
  });

  it('need an account, but to read a hostname', async () => {
    const { handlers, current } = started();
    current.mockReturnValue(null);
    for (const call of ['checkDns', 'checkOrigin', 'setFirewall', 'remove'] as const)
      expect(await handlers[call](name as never)).toEqual(fail({ kind: 'no-account' }));
    expect(await handlers.readHostname({ text: 'Shop.example.com.' })).toMatchObject({
      value: { ascii: 'shop.example.com' },
    });
  });
});
