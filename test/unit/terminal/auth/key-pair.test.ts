import { describe, expect, test } from 'vitest';
import { newKeyPair, type KeyPair } from '../../../../main/terminal/process/auth/key-pair.ts';
import { readKeyText } from '../../../../main/terminal/process/auth/key-text.ts';
import { offeredKeyOfLine } from '../../../../main/terminal/process/auth/offered-key.ts';
import { madeKey, passphrase } from './made-keys.ts';

describe('a key that the app makes', () => {
  test('has the comment that it is given', () => {
    const pair = newKeyPair({ comment: 'web', passphrase: null });
    expect(offeredKeyOfLine(pair.public)).toMatchObject({ type: 'ssh-ed25519', comment: 'web' });
    expect(readKeyText(newKeyPair().private)).toMatchObject({ kind: 'open', key: { comment: '' } });
  });

  const sound: KeyPair = {
    private: madeKey('openssh ed25519'),
    public: madeKey('openssh ed25519.pub').trim(),
  };
  const locked = { ...sound, private: madeKey('openssh aes256-ctr') };

  test.each<[string, KeyPair, string | null]>([
    ['a public half that is none', { ...sound, public: 'x' }, null],
    ['a private half that is none', { ...sound, private: 'x' }, null],
    ['halves of two keys', { ...sound, public: madeKey('openssh rsa.pub').trim() }, null],
    ['another kind', { private: madeKey('openssh rsa'), public: madeKey('openssh rsa.pub').trim() }, null],
    ['a passphrase that nobody gave', locked, null],
    ['no passphrase where one was given', sound, passphrase],
    ['another passphrase', { ...sound, private: madeKey('openssh of another passphrase') }, passphrase],
  ])('is thrown away with %s', (_name, pair, words) => {
    const good = words === null ? sound : locked;
    const pairs = [pair, good];
    expect(newKeyPair({ comment: '', passphrase: words }, () => pairs.shift() ?? pair)).toBe(good);
  });

  test('is tried twenty times, and no more', () => {
    let tries = 0;
    const make = (): KeyPair => {
      tries += 1;
      return tries === 20 ? sound : { private: '', public: '' };
    };
    expect(newKeyPair(undefined, make)).toBe(sound);
    tries = -1;
    expect(() => newKeyPair(undefined, make)).toThrow('No sound key pair could be made');
    expect(tries).toBe(19);
  });
});
