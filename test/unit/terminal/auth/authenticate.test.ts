import { describe, expect, test } from 'vitest';
import { held, signIn, type Server } from './sign-in-peer.ts';

const code = { prompt: 'Code: ', echo: true };

describe('the ways in their order', () => {
  test('a server that lets in without a proof is in, and no key has worked', async () => {
    const { kind, told } = await signIn({ takes: [], none: 'in' });
    expect([kind, told]).toEqual(['in', [['worked', null]]]);
  });

  test('by key alone no password is asked for', async () => {
    const { tried, sentence } = await signIn(
      { takes: ['keyboard-interactive', 'password'] },
      { auth: { method: 'agent' }, answers: ['x'] },
    );
    expect(tried).toEqual(['none as jane']);
    expect(sentence).toBe('No SSH agent with a key was found.');
  });

  test('by password alone no key is offered after it, even where the server wants one', async () => {
    const { tried, sentence } = await signIn(
      { takes: ['password'], thenTakes: ['publickey'], password: () => 'half' },
      { auth: { method: 'password' }, held: [held('h1')], answers: ['right'] },
    );
    expect(tried).toEqual(['none as jane', 'password right']);
    expect(sentence).toBe(
      'The server wants another proof after the first (publickey), which could not be given.',
    );
  });

  test.each(['keyboard-interactive', 'password'])(
    'by key alone what the server wants after the key is given all the same: %s',
    async (way) => {
      const { kind, asked } = await signIn(
        {
          takes: ['publickey', 'password'],
          thenTakes: [way],
          key: () => 'half',
          password: () => 'in',
          questions: async (ask) => ((await ask([code]))[0] === '123' ? 'in' : 'refused'),
        },
        { auth: { method: 'agent' }, held: [held('h1')], answers: ['123'] },
      );
      expect(asked).toMatchObject([{ kind: way }]);
      expect(kind).toBe('in');
    },
  );

  test('by password alone a server without one says what it takes', async () => {
    const person = { auth: { method: 'password' } as const };
    expect((await signIn({ takes: ['publickey', 'gssapi'] }, person)).sentence).toBe(
      'The server takes no password (it takes publickey, gssapi).',
    );
    expect((await signIn({ takes: [] }, person)).sentence).toBe(
      'The server takes no password (it takes nothing).',
    );
  });

  test('three proofs at most are given after one that was half the way', async () => {
    let given = 0;
    const { tried, sentence } = await signIn(
      {
        takes: ['password'],
        thenTakes: ['password'],
        password: () => {
          given += 1;
          return 'half';
        },
      },
      { answers: ['1', '2', '3', '4', '5'] },
    );
    expect(given).toBe(3);
    expect(tried).toHaveLength(4);
    expect(sentence).toBe(
      'The server wants another proof after the first (password), which could not be given.',
    );
  });

  test('what was accepted is said before what was refused after it', async () => {
    const after = (takes: string, server: Partial<Server>, answers: readonly string[]) =>
      signIn({ takes: [takes], thenTakes: ['keyboard-interactive', 'password'], ...server }, { answers });
    let isFirst = true;
    const passwords = await after(
      'password',
      { password: () => (isFirst ? ((isFirst = false), 'half') : 'refused') },
      ['1', '2', '3', '4', '5', '6'],
    );
    expect(passwords.sentence).toBe(
      'The server accepted the password and wants one proof more. The password for jane was refused.',
    );
    isFirst = true;
    const answers = await after(
      'keyboard-interactive',
      {
        questions: async (ask) => {
          await ask([code]);
          return isFirst ? ((isFirst = false), 'half') : 'refused';
        },
      },
      ['1', '2', '3', '4', '5', '6', '7'],
    );
    expect(answers.sentence).toMatch(/^The server accepted the answers and wants one proof more\. /);
  });
});
