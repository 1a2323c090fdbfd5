import { describe, expect, it } from 'vitest';
import { createFreshPasswords } from '../../../main/instances/fresh-passwords.ts';
import { redact, registerSecret } from '../../../main/log/index.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { instanceId } from '../monitor/builders.ts';

const jane = 'jane' as AccountId;
const shop = 'shop' as AccountId;
const web = instanceId('web');
const mail = instanceId('mail');

function held() {
  const changes: string[] = [];
  const passwords = createFreshPasswords(registerSecret, (account, instance) =>
    changes.push(`${account}/${instance}`),
  );
  return { passwords, changes };
}

describe('the fresh root passwords', () => {
  it('are kept for one account and instance, the newest in place of an older one', () => {
    const { passwords, changes } = held();
    expect(passwords.get(jane, web)).toBeNull();
    passwords.keep(jane, web, 'first-4711-password');
    passwords.keep(jane, web, 'second-4711-password');
    expect(passwords.get(jane, web)).toBe('second-4711-password');
    expect(passwords.get(shop, web)).toBeNull();
    expect(passwords.get(jane, mail)).toBeNull();
    passwords.forget(jane, web);
    expect(passwords.get(jane, web)).toBeNull();
    passwords.forget(jane, web);
    expect(changes).toEqual(['jane/web', 'jane/web', 'jane/web']);
  });

  it('are masked in the log as long as they are kept', () => {
    const { passwords } = held();
    passwords.keep(jane, web, 'first-4712-password');
    expect(redact('it is first-4712-password')).toBe('it is [redacted]');
    passwords.keep(jane, web, 'second-4712-password');
    expect(redact('it was first-4712-password')).toBe('it was first-4712-password');
    expect(redact('it is second-4712-password')).toBe('it is [redacted]');
    passwords.forget(jane, web);
    expect(redact('it was second-4712-password')).toBe('it was second-4712-password');
  });

  it('of an account go when it signs out', () => {
    const { passwords, changes } = held();
    passwords.keep(jane, web, 'web-4713-password');
    passwords.keep(jane, mail, 'mail-4713-password');
    passwords.keep(shop, web, 'shop-4713-password');
    passwords.forgetAccount(jane);
    expect(passwords.get(jane, web)).toBeNull();
    expect(passwords.get(jane, mail)).toBeNull();
    expect(passwords.get(shop, web)).toBe('shop-4713-password');
    expect(changes.slice(3)).toEqual(['jane/web', 'jane/mail']);
  });
});
