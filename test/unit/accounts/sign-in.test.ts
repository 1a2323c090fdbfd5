import { describe, expect, it, vi } from 'vitest';
import type { AccountsDeps } from '../../../main/accounts/accounts.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { accountsRig, gate, identityOf, officialUrl, only, signIn } from './fakes.ts';

const rig = accountsRig();
const { start, restart } = rig;

describe('signing in', () => {
  it('keeps the token in the rig.keychain, shows the account, and comes back after a restart', async () => {
    const { accounts, states, held } = start();
    await accounts.load();
    const id = await signIn(accounts, '  ada-1\n');
    expect(only(accounts)).toEqual({
      id,
      kind: 'token',
      ...identityOf('ada-1'),
      apiUrl: officialUrl,
      storage: 'keychain',
      tokenId: null,
      writeToken: null,
      access: 'ready',
    });
    expect(accounts.token(id)).toBe('ada-1');
    expect(states.at(-1)).toEqual(accounts.state());
    expect([...held]).toEqual([['ada-1', 1]]);

    const again = await restart();
    expect(again.accounts.state()).toEqual(accounts.state());
    expect(again.accounts.token(id)).toBe('ada-1');
  });

  it('sends no token to a default address that the person did not agree to, and any to a typed one', async () => {
    const identify = vi.fn((_url: string, token: string) => Promise.resolve(ok(identityOf(token))));
    const { accounts } = start({ identify, mayUseDefaultApi: () => Promise.resolve(false) });
    expect(await accounts.signIn('ada-1', null)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(identify).not.toHaveBeenCalled();
    expect(await accounts.signIn('ada-1', 'https://typed.example/api')).toMatchObject({ ok: true });
  });

  it.each<AppError>([
    { kind: 'unauthorized', message: 'Unauthenticated.' },
    { kind: 'offline', message: 'no network' },
    { kind: 'tls', reason: 'certificate', message: 'self-signed' },
    { kind: 'not-evorxa', message: 'a web page' },
    { kind: 'rate-limited', retryAtMs: 1 },
  ])('hands on $kind and leaves nothing behind', async (error) => {
    const { accounts, held } = start({ identify: () => Promise.resolve(fail(error)) });
    expect(await accounts.signIn('ada-1', null)).toEqual(fail(error));
    expect(accounts.state().accounts).toEqual([]);
    expect(rig.keychain.secrets.size + held.size).toBe(0);
    expect(rig.store.text()).not.toContain('ada');
  });

  it('sends no token to an address that is not allowed', async () => {
    const identify = vi.fn<AccountsDeps['identify']>();
    const { accounts } = start({ identify });
    expect(await accounts.signIn('ada-1', 'http://evil.example')).toMatchObject({
      error: { kind: 'not-evorxa' },
    });
    expect(identify).not.toHaveBeenCalled();
  });

  it.each(['', ' \n', 'two words', 'line\nline', 'tök|en', 'a\0b'])(
    'sends nothing for %j',
    async (pasted) => {
      const identify = vi.fn<AccountsDeps['identify']>();
      const { accounts } = start({ identify });
      expect(await accounts.signIn(pasted, null)).toMatchObject({ error: { kind: 'refused' } });
      expect(identify).not.toHaveBeenCalled();
    },
  );

  it('forgets the secret where the check throws', async () => {
    const { accounts, held } = start({ identify: () => Promise.reject(new Error('bug')) });
    await expect(accounts.signIn('ada-1', null)).rejects.toThrow('bug');
    expect(held.size).toBe(0);
  });

  it('as somebody who is known takes the old account’s place, and masks the new token only', async () => {
    const { accounts, held } = start();
    const id = await signIn(accounts, 'ada-1');
    expect(await signIn(accounts, 'ada-2')).toBe(id);
    expect(only(accounts).id).toBe(id);
    expect(accounts.token(id)).toBe('ada-2');
    expect([...rig.keychain.secrets.values()]).toEqual(['ada-2']);
    expect([...held]).toEqual([['ada-2', 1]]);
  });

  it('again with the token that is held, and failing, does not stop masking it', async () => {
    const identify = vi.fn<AccountsDeps['identify']>().mockResolvedValueOnce(ok(identityOf('ada-1')));
    const { accounts, held } = start({ identify });
    const id = await signIn(accounts, 'ada-1');
    identify.mockResolvedValue(fail({ kind: 'offline', message: '' }));
    await accounts.signIn('ada-1', null);
    expect([...held]).toEqual([['ada-1', 1]]);
    expect(accounts.token(id)).toBe('ada-1');
  });

  it('at another address is another account, and so is another person without an e-mail address', async () => {
    const { accounts } = start({
      identify: (_url, token) => Promise.resolve(ok({ ...identityOf(token), email: null })),
    });
    const first = await signIn(accounts, 'ada-1');
    const second = await signIn(accounts, 'bob-1');
    const elsewhere = await signIn(accounts, 'ada-1', 'https://staging.example/api');
    expect(new Set([first, second, elsewhere]).size).toBe(3);
    expect(await signIn(accounts, 'ada-1')).toBe(first);
    expect(accounts.token(second)).toBe('bob-1');
  });

  it('shows the account before the keychain answers', async () => {
    const { opened, open } = gate();
    rig.keychain.gate = opened;
    const { accounts, states } = start();
    const signedIn = accounts.signIn('ada-1', null);
    await vi.waitFor(() => expect(states).not.toEqual([]));
    expect(only(accounts)).toMatchObject({ storage: 'session', access: 'ready' });
    open();
    await signedIn;
    expect(only(accounts).storage).toBe('keychain');
  });

  it('after a 401 makes the account ready again', async () => {
    const { accounts, states } = start();
    const id = await signIn(accounts, 'ada-1');
    accounts.markSignedOut(id, 'an-older-token');
    expect(only(accounts).access).toBe('ready');
    accounts.markSignedOut(id, 'ada-1');
    expect(only(accounts).access).toBe('signed-out');
    expect(accounts.token(id)).toBeNull();
    expect(states.at(-1)?.accounts[0]?.access).toBe('signed-out');
    expect([...rig.keychain.secrets.values()]).toEqual(['ada-1']);
    await signIn(accounts, 'ada-2');
    expect(accounts.token(id)).toBe('ada-2');
  });
});
