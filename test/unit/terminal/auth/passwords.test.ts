import type { Prompt } from 'ssh2';
import { describe, expect, test } from 'vitest';
import { signIn, type Server } from './sign-in-peer.ts';

/** A server that takes one password, by the way of its own. */
const takesPassword = (right: string): Server => ({
  takes: ['password'],
  password: (given) => (given === right ? 'in' : 'refused'),
});
const secret = { prompt: 'Password: ', echo: false };
const code = { prompt: 'Code: ', echo: true };

/** A server that asks for a password, and where `more` is given for that, too, in questions of their own. */
const asksFor = (right: string, more: readonly Prompt[] = [], takes: readonly string[] = []): Server => ({
  takes: ['keyboard-interactive', ...takes],
  questions: async (ask) => {
    const [given] = await ask([secret]);
    if (given !== right) return 'refused';
    for (const prompt of more) if ((await ask([prompt]))[0] !== 'yes') return 'refused';
    return 'in';
  },
});

describe('a password', () => {
  test('is asked for up to three times, after an attempt without a proof', async () => {
    const { tried, asked, sentence, answersLeft } = await signIn(takesPassword('right'), {
      answers: ['a', 'b', 'c', 'right'],
      said: 'Welcome',
    });
    expect(tried).toEqual(['none as jane', 'password a', 'password b', 'password c']);
    expect(asked).toEqual(
      [undefined, 'typed', 'typed'].map((refused) => ({ kind: 'password', said: 'Welcome', refused })),
    );
    expect(sentence).toBe('The password for jane was refused.');
    expect(answersLeft).toBe(1);
  });

  test('that worked is kept where that was asked for, and no key has worked', async () => {
    const kept = await signIn(takesPassword('right'), {
      answers: [
        { answers: ['wrong'], remember: true },
        { answers: ['right'], remember: true },
      ],
    });
    expect(kept.told).toEqual([
      ['wanted', 'password', 1],
      ['remember', 'password', 'right'],
      ['worked', null],
    ]);
    const { kind, told } = await signIn(takesPassword('right'), { answers: ['right'] });
    expect([kind, told]).toEqual([
      'in',
      [
        ['wanted', 'password', 1],
        ['worked', null],
      ],
    ]);
  });

  test.each([null, []])('is not asked for again once nobody answers: %j', async (answer) => {
    const { kind, tried } = await signIn(takesPassword('right'), { answers: [answer, 'right'] });
    expect(kind).toBe('cancelled');
    expect(tried).toEqual(['none as jane']);
  });

  test('is not asked for where the server no longer takes it', async () => {
    const takes = ['password'];
    const { tried } = await signIn(
      { takes, password: () => (takes.splice(0), 'refused') },
      { answers: ['a', 'b'] },
    );
    expect(tried).toEqual(['none as jane', 'password a']);
  });

  test('that is kept is tried first, once; refused it is forgotten', async () => {
    const { tried, told, asked } = await signIn(takesPassword('right'), {
      saved: { password: 'stale' },
      answers: ['a', 'right'],
    });
    expect(tried).toEqual(['none as jane', 'password stale', 'password a', 'password right']);
    expect(asked).toMatchObject([{ refused: 'saved' }, { refused: 'typed' }]);
    expect(told).toEqual([
      ['wanted', 'password', 1],
      ['refused', 'password'],
      ['worked', null],
    ]);
  });

  test('of root that is kept is forgotten only once another one has worked', async () => {
    const person = { user: 'root', saved: { password: 'stale' } };
    const refused = await signIn(takesPassword('right'), { ...person, answers: ['a', 'b', 'c'] });
    expect(refused.told).toEqual([['wanted', 'password', 1]]);
    expect(refused.sentence).toBe(
      'The password for root was refused. Many servers let root in by a key only, whatever the password.',
    );
    const worked = await signIn(takesPassword('right'), { ...person, answers: ['right'] });
    expect(worked.told).toContainEqual(['refused', 'password']);
    // Typed once more, and the server has changed its mind.
    let tries = 0;
    const same = await signIn(
      { takes: ['password'], password: () => ((tries += 1) > 1 ? 'in' : 'refused') },
      { ...person, answers: ['stale'] },
    );
    expect(same.told).not.toContainEqual(['refused', 'password']);
  });

  test('that was half the way is not asked for again, and kept', async () => {
    const { told, sentence, tried } = await signIn(
      {
        takes: ['password'],
        thenTakes: ['hostbased'],
        password: (given) => (given === 'right' ? 'half' : 'refused'),
      },
      { answers: [{ answers: ['right'], remember: true }, 'right'] },
    );
    expect(tried).toEqual(['none as jane', 'password right']);
    expect(told).toContainEqual(['remember', 'password', 'right']);
    expect(sentence).toBe(
      'The server wants another proof after the first (hostbased), which could not be given.',
    );
  });

  test('that is kept and was half the way stays kept, and nobody is asked for it', async () => {
    const { asked, told, tried } = await signIn(
      { takes: ['password'], thenTakes: ['hostbased'], password: () => 'half' },
      { saved: { password: 'right' } },
    );
    expect(tried).toEqual(['none as jane', 'password right']);
    expect([asked, told]).toEqual([[], [['wanted', 'password', 1]]]);
  });

  test('is wiped once the server has judged it, right or wrong', async () => {
    const { sent } = await signIn(takesPassword('right'), { answers: ['wrong', 'right'] });
    expect(sent).toEqual([Buffer.alloc(5), Buffer.alloc(5)]);
  });
});

describe('what a server asks by itself', () => {
  test('is asked with its words, and the password of the answers is kept once it has worked', async () => {
    const { kind, asked, told, tried } = await signIn(asksFor('right', [code]), {
      answers: [{ answers: ['right'], remember: true }, 'yes'],
      said: 'Hello',
    });
    expect(kind).toBe('in');
    expect(tried).toEqual(['none as jane', 'questions right, yes']);
    const words = {
      kind: 'keyboard-interactive',
      title: 'A title',
      instructions: 'Some words',
      said: 'Hello',
    };
    expect(asked).toEqual([
      { ...words, fields: [{ label: 'Password:', echo: false }], canRemember: true },
      { ...words, fields: [{ label: 'Code:', echo: true }], canRemember: false },
    ]);
    expect(told).toEqual([
      ['wanted', 'password', 1],
      ['remember', 'password', 'right'],
      ['worked', null],
    ]);
  });

  test('says that what was answered before was refused, with the first question of the next try alone', async () => {
    const { asked } = await signIn(asksFor('right', [code]), { answers: ['right', 'no', 'right', 'yes'] });
    const [first, second, third, fourth] = asked as readonly { refused?: string }[];
    expect([first, second, third, fourth].map((each) => each?.refused)).toEqual([
      undefined,
      undefined,
      'typed',
      undefined,
    ]);
  });

  test('is not kept where it is no password, whatever was asked for with it', async () => {
    const { kind, told } = await signIn(asksFor('right', [code]), {
      answers: ['right', { answers: ['yes'], remember: true }],
    });
    expect(kind).toBe('in');
    expect(told).toEqual([
      ['wanted', 'password', 1],
      ['worked', null],
    ]);
  });

  test('is harmless when it is shown', async () => {
    const { asked } = await signIn({
      takes: ['keyboard-interactive'],
      questions: async (ask) => (await ask([{ prompt: '\u001b[2JPIN\u202e: ' }]), 'refused'),
    });
    expect(asked).toMatchObject([{ fields: [{ label: 'PIN :', echo: false }] }]);
  });

  test('is answered by the kept password where it asks for that, once in a sign-in', async () => {
    const right = await signIn(asksFor('right'), { saved: { password: 'right' } });
    expect([right.kind, right.asked]).toEqual(['in', []]);
    const stale = await signIn(asksFor('right'), {
      saved: { password: 'stale' },
      answers: ['a', 'b', 'right'],
    });
    expect(stale.asked).toMatchObject([{ refused: 'saved' }, { refused: 'typed' }, { refused: 'typed' }]);
    // The try of the kept one was not the person's.
    expect(stale.tried).toEqual([
      'none as jane',
      'questions stale',
      'questions a',
      'questions b',
      'questions right',
    ]);
    expect(stale.told).toEqual([
      ['wanted', 'password', 1],
      ['refused', 'password'],
      ['worked', null],
    ]);
  });

  test('a kept password is not forgotten where another answer may have been the wrong one', async () => {
    const { told, tried, sentence } = await signIn(asksFor('right', [code]), {
      saved: { password: 'right' },
      answers: ['no', 'right', 'no', 'right', 'no'],
    });
    expect(tried).toEqual(['none as jane', ...Array<string>(3).fill('questions right, no')]);
    expect(told).toEqual([['wanted', 'password', 1]]);
    expect(sentence).toBe(
      'The server refused the password for jane or the answer to “Code”: it does not say which is wrong. ' +
        'If it asks for a one-time code, use a new one.',
    );
  });

  test('that is a password again in the same conversation is a new one: it is asked for, and not kept', async () => {
    const { asked, told } = await signIn(asksFor('old', [secret]), {
      saved: { password: 'old' },
      answers: [{ answers: ['yes'], remember: true }],
    });
    expect(asked).toMatchObject([{ canRemember: false }]);
    expect(told).toEqual([
      ['wanted', 'password', 1],
      ['worked', null],
    ]);
  });

  test('gets as many answers as it asked for, empty ones where there are none', async () => {
    const all: (readonly string[])[] = [];
    const server: Server = {
      takes: ['keyboard-interactive'],
      questions: async (ask) => {
        all.push(await ask([secret, code, code]), await ask([code]));
        return 'refused';
      },
    };
    await signIn(server, { answers: [['a', 'b'], null] });
    await signIn(server, { answers: [['a', 'b', 'c', 'd'], 'e', null] });
    expect(all.slice(0, 2)).toEqual([['a', 'b', ''], ['']]);
    expect(all.slice(2, 4)).toEqual([['a', 'b', 'c'], ['e']]);
  });

  test('once nobody answers, the rest of the conversation gets empty answers unasked, and it is over', async () => {
    const { asked, kind, tried } = await signIn(
      {
        takes: ['keyboard-interactive', 'password'],
        questions: async (ask) => {
          await ask([code]);
          await ask([code, code]);
          return 'refused';
        },
      },
      { answers: [null, 'x'] },
    );
    expect(asked).toHaveLength(1);
    expect(kind).toBe('cancelled');
    expect(tried).toEqual(['none as jane', 'questions , +']);
  });

  test('a server that refuses without a question has none, and its other way is taken', async () => {
    const { tried } = await signIn(
      { takes: ['keyboard-interactive', 'password'], password: () => 'in' },
      { answers: ['right'] },
    );
    expect(tried).toEqual(['none as jane', 'questions', 'password right']);
  });

  test('a password that was refused here is not asked for by the other way', async () => {
    const { tried } = await signIn(asksFor('right', [], ['password']), { answers: ['a', 'b', 'c', 'd'] });
    expect(tried).toEqual(['none as jane', 'questions a', 'questions b', 'questions c']);
  });

  test('answers that were half the way keep the password, and what is left is tried', async () => {
    const { told, tried, kind } = await signIn(
      {
        takes: ['keyboard-interactive'],
        thenTakes: ['password'],
        questions: async (ask) => (await ask([secret]), 'half'),
        password: () => 'in',
      },
      { answers: [{ answers: ['one'], remember: true }, 'two'] },
    );
    expect(tried).toEqual(['none as jane', 'questions one', 'password two']);
    expect(told).toContainEqual(['remember', 'password', 'one']);
    expect(kind).toBe('in');
  });

  test('a kept password that another answer proved beside is refused alone: it stays', async () => {
    const { told } = await signIn(
      {
        takes: ['keyboard-interactive', 'password'],
        questions: async (ask) => (await ask([code]), 'refused'),
        password: (given) => (given === 'right' ? 'in' : 'refused'),
      },
      { saved: { password: 'stale' }, answers: ['no', 'no', 'no', 'other'] },
    );
    expect(told).toEqual([['wanted', 'password', 1]]);
  });

  test('a new password that worked takes the place of a kept one that was not', async () => {
    const { told } = await signIn(asksFor('right', [code]), {
      saved: { password: 'stale' },
      user: 'root',
      answers: [{ answers: ['right'], remember: true }, 'yes'],
    });
    expect(told).toEqual([
      ['wanted', 'password', 1],
      ['refused', 'password'],
      ['remember', 'password', 'right'],
      ['worked', null],
    ]);
  });
});
