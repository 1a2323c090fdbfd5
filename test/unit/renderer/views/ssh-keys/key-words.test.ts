import { describe, expect, it } from 'vitest';
import type { SshKeyId } from '../../../../../preload/contract/brands.ts';
import type { LocalKey, SshKey } from '../../../../../preload/contract/keys.ts';
import {
  localChoices,
  openedWords,
  placeWords,
  privateHere,
  suggestedName,
} from '../../../../../renderer/views/ssh-keys/key-words.ts';

const facts = { type: 'ed25519', comment: 'jane@laptop', fingerprint: 'SHA256:a', weakness: null };
const local: LocalKey = {
  publicKey: 'ssh-ed25519 A',
  facts,
  path: '~/.ssh/laptop',
  hasPrivateFile: true,
  inSshAgent: false,
};
const registered: SshKey = { id: '1' as SshKeyId, name: 'old', publicKey: 'A', facts, createdAtMs: null };

describe('a key of this machine', () => {
  it('is where its files are, or in the agent', () => {
    expect(placeWords(local)).toBe('~/.ssh/laptop');
    expect(placeWords({ ...local, inSshAgent: true })).toBe('~/.ssh/laptop and in the SSH agent');
    expect(placeWords({ ...local, path: null, hasPrivateFile: false, inSshAgent: true })).toBe(
      'in the SSH agent',
    );
    expect(placeWords({ ...local, hasPrivateFile: false, path: '~/.ssh/a.pub' })).toBe(
      '~/.ssh/a.pub, without its private key',
    );
  });

  it('is private here only where the private half is', () => {
    expect(privateHere('SHA256:a', [local])).toBe('~/.ssh/laptop');
    expect(privateHere('SHA256:a', [{ ...local, hasPrivateFile: false }])).toBeNull();
    expect(privateHere('SHA256:a', [{ ...local, hasPrivateFile: false, inSshAgent: true }])).toBe(
      'in the SSH agent',
    );
    expect(privateHere('SHA256:b', [local])).toBeNull();
  });

  it('is called by its comment, else by its file', () => {
    const nameless = { ...local, facts: { ...facts, comment: '' } };
    expect(suggestedName(local)).toBe('jane@laptop');
    expect(suggestedName({ ...nameless, path: '~/.ssh/a.pub' })).toBe('a');
    expect(suggestedName({ ...nameless, path: null })).toBe('ed25519');
  });

  it('cannot be added twice', () => {
    expect(localChoices([local], [registered])).toMatchObject([
      { disabledReason: 'Already registered as “old”' },
    ]);
    const turned = { ...registered, name: 'a\u202egnp.exe' };
    expect(localChoices([local], [turned])).toMatchObject([
      { disabledReason: 'Already registered as “a gnp.exe”' },
    ]);
    expect(localChoices([local], [])).toMatchObject([{ disabledReason: null }]);
  });
});

it('the instances that a key opened are named, as far as they are there', () => {
  const opened = { a: 'SHA256:a', b: 'SHA256:a', c: 'SHA256:b', gone: 'SHA256:a' };
  const nameOf = (id: string): string | null => (id === 'gone' ? null : `instance ${id}`);
  expect(openedWords('SHA256:a', opened, nameOf)).toBe('instance a and 1 more');
  expect(openedWords('SHA256:b', opened, nameOf)).toBe('instance c');
  expect(openedWords('SHA256:x', opened, nameOf)).toBeNull();
});
