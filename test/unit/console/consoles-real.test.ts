import { describe, expect, it, vi } from 'vitest';
import type { ConsoleAccess } from '../../../main/console/connect.ts';
import { openSecureSocket, type OpenSocket } from '../../../main/console/secure-socket.ts';
import { redact } from '../../../main/log/index.ts';
import { systemClock } from '../../../main/clock/index.ts';
import { ok } from '../../../preload/contract/result.ts';
import { startTestSandbox } from '../sandbox/harness.ts';
import { rig as rigOf, type RigOptions } from './console-rig.ts';

/** A console over the network. */
const rig = (options: Omit<RigOptions, 'clock' | 'openSocket'> & Partial<Pick<RigOptions, 'openSocket'>>) =>
  rigOf({ clock: systemClock, openSocket: openSecureSocket, ...options });

describe('a console on a real connection', () => {
  async function onSandbox(password?: string) {
    const { sandbox, control, ask, idOf } = await startTestSandbox();
    const id = await idOf('api-prod-1');
    const access = async (): Promise<ConsoleAccess> => {
      const { at } = await ask('GET', `/instances/${id}/vnc`);
      return { url: String(at('url')), password: String(at('password')) };
    };
    const lines = async (): Promise<string> => (await control.consoleLines(id)).join('\n');
    const reset = async (): Promise<string> =>
      String((await ask('POST', `/instances/${id}/reset-password`)).at('password'));
    return {
      access,
      lines,
      reset,
      id,
      control,
      roots: [sandbox.consoleCertificate],
      ...(password && { password }),
    };
  }

  it('proves the password, shows the page none of it, and types', async () => {
    const { access, lines, roots, reset } = await onSandbox();
    const given = await access();
    const password = await reset();
    const { consoles, page, sessionId, state } = rig({ answers: [ok(given)], roots, password });
    expect(state()).toEqual({ phase: 'waiting' });
    consoles.attach(sessionId, page);
    await vi.waitFor(() => expect(state()).toEqual({ phase: 'open' }));
    expect(page.phases).toEqual(['asking', 'connecting', 'authenticating', 'open']);
    page.begin();
    // The greeting without a proof, then the screen's size and name.
    await vi.waitFor(() => expect(page.bytes.toString('latin1')).toContain('api-prod-1'));
    expect(page.bytes.subarray(12, 18)).toEqual(Buffer.from([1, 1, 0, 0, 0, 0]));

    page.say({ type: 'type', text: 'root\n' });
    await vi.waitFor(async () => expect(await lines()).toContain('Password:'), 5_000);
    page.say({ type: 'type-password' });
    await vi.waitFor(() => expect(page.told.at(-1)).toEqual({ type: 'typing', progress: null }), 5_000);
    page.say({ type: 'type', text: '\necho "in"-"side"\n' });
    await vi.waitFor(async () => expect(await lines()).toContain('in-side'), 5_000);

    const said = JSON.stringify(page.told) + JSON.stringify(consoles.sessions());
    for (const secret of [given.url, given.password ?? '', password]) expect(said).not.toContain(secret);
    expect(redact(`${given.url} ${given.password ?? ''}`)).not.toContain(given.password);
  });

  it('asks once for a fresh access where the first has expired, and then says so', async () => {
    const { access, roots } = await onSandbox();
    const old = await access();
    const fresh = await access();
    const good = rig({ answers: [ok(old), ok(fresh)], roots });
    good.consoles.attach(good.sessionId, good.page);
    await vi.waitFor(() => expect(good.state()).toEqual({ phase: 'open' }));
    expect(good.asked).toHaveLength(2);

    const bad = rig({ answers: [ok(old)], roots });
    bad.consoles.attach(bad.sessionId, bad.page);
    expect(await bad.ended()).toBe(
      'The console refused its access, also when it was requested again. Press Enter to connect again.',
    );
    expect(bad.asked).toHaveLength(2);
    bad.page.say({ type: 'connect' });
    await vi.waitFor(() => expect(bad.asked).toHaveLength(4));
  });

  /** Counts the connections, which a server counts as well. */
  function counted() {
    const opened: string[] = [];
    const openSocket: OpenSocket = (url, ...rest) => {
      opened.push(url);
      return openSecureSocket(url, ...rest);
    };
    return { opened, openSocket };
  }

  it('tries a refused password again only where the API gives another', async () => {
    const { access, roots } = await onSandbox();
    const { opened, openSocket } = counted();
    const same = rig({ answers: [ok({ ...(await access()), password: 'wrong' })], roots, openSocket });
    same.consoles.attach(same.sessionId, same.page);
    expect(await same.ended()).toMatch(/refused its password, and the API gave the same one/);
    expect(same.asked).toHaveLength(2);
    expect(opened).toHaveLength(1);

    const stale = { ...(await access()), password: 'wrong' };
    const changed = rig({ answers: [ok(stale), ok(await access())], roots });
    changed.consoles.attach(changed.sessionId, changed.page);
    await vi.waitFor(() => expect(changed.state()).toEqual({ phase: 'open' }));
  });

  it('says that a fresh password was refused as well', async () => {
    const { access, roots } = await onSandbox();
    const { opened, openSocket } = counted();
    const answers = [
      ok({ ...(await access()), password: 'wrong' }),
      ok({ ...(await access()), password: 'other' }),
    ];
    const { consoles, page, sessionId, ended } = rig({ answers, roots, openSocket });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('refused its password, also a fresh one.');
    expect(opened).toHaveLength(2);
  });

  it('trusts no certificate but those it is told of', async () => {
    const { access } = await onSandbox();
    const { consoles, page, sessionId, ended } = rig({ answers: [ok(await access())] });
    consoles.attach(sessionId, page);
    expect(await ended()).toContain('certificate was not accepted');
  });

  it('ends with the server, and a page that goes ends it', async () => {
    const { access, roots, id, control } = await onSandbox();
    const first = rig({ answers: [ok(await access())], roots });
    first.consoles.attach(first.sessionId, first.page);
    await vi.waitFor(() => expect(first.state()).toEqual({ phase: 'open' }));
    first.page.close();
    expect(first.state()).toEqual({ phase: 'waiting' });

    const second = rig({ answers: [ok(await access())], roots });
    second.consoles.attach(second.sessionId, second.page);
    await vi.waitFor(() => expect(second.state()).toEqual({ phase: 'open' }));
    await control.patchInstance(id, { status: 'stopped' });
    expect(await second.ended()).toContain('closed by its server');
  });
});
