import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, AuthenticationContext } from '../../../../main/terminal/process/auth/context.ts';
import type { KeyOffer } from '../../../../main/terminal/process/auth/key-offer.ts';
import { SignIn } from '../../../../main/terminal/process/auth/sign-in.ts';
import { Deadline } from '../../../../main/terminal/process/deadline.ts';
import type { Inside } from '../../../../main/terminal/process/ssh2-inside.ts';
import { FakeClock } from '../fake-clock.ts';
import { held, newCarried } from './sign-in-peer.ts';

const nothing = { methodsLeft: [], partialSuccess: false };
const left = (...methodsLeft: readonly string[]) => ({ methodsLeft, partialSuccess: false });

describe('a sign-in', () => {
  let clock: FakeClock;
  let over: number;
  let isOver: boolean;
  let shown: string[];
  let told: unknown[];
  let asked: unknown[];
  let answer: (given: Answer | null) => void;
  let inside: Inside | null;
  let signIn: SignIn;
  let carried: ReturnType<typeof newCarried>;
  let saved: Promise<string | null>;

  /** `keys`: those of the agent, or how many it has. */
  const start = (
    auth: AuthenticationContext['auth'] = { method: 'auto' },
    keys: number | readonly KeyOffer[] = 0,
  ): void => {
    signIn = new SignIn({
      context: {
        user: 'jane',
        auth,
        preferredKey: null,
        ask: (question) => {
          asked.push(question);
          return new Promise((resolve) => (answer = resolve));
        },
        hostConfig: () => Promise.resolve({ certificateFiles: [], identityFiles: [], identitiesOnly: false }),
        sshAgentKeys: () =>
          Promise.resolve(
            typeof keys === 'number' ? Array.from({ length: keys }, (_, index) => held(`k${index}`)) : keys,
          ),
        usualKeyFiles: [],
        path: (typed) => typed,
        savedSecret: () => saved,
        secretRefused: (kind) => told.push(['refused', kind]),
        rememberSecret: (kind, secret) => told.push(['remember', kind, secret]),
        secretWorked: () => undefined,
        keyWorked: (fingerprint) => told.push(['worked', fingerprint]),
        carried,
      },
      deadline: new Deadline(clock, () => (over += 1)),
      timeoutMs: 100,
      inside: () => inside,
      isOver: () => isOver,
      said: (lines) => shown.push(lines),
    });
  };

  beforeEach(() => {
    clock = new FakeClock();
    over = 0;
    isOver = false;
    shown = [];
    told = [];
    asked = [];
    inside = null;
    carried = newCarried();
    saved = Promise.resolve(null);
    start();
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('has a deadline for each answer of the server', async () => {
    await signIn.next(nothing);
    clock.advance(99);
    expect(over).toBe(0);
    clock.advance(1);
    expect(over).toBe(1);
  });

  test('has none while it is worked out what comes next, nor while somebody is asked; it begins again with the answer', async () => {
    await signIn.next(nothing);
    clock.advance(90);
    const next = signIn.next(left('password'));
    clock.advance(1_000);
    await turn();
    expect(signIn.isAsking).toBe(true);
    clock.advance(1_000_000);
    answer({ answers: ['x'], remember: false });
    expect(await next).toMatchObject({ type: 'password' });
    expect(signIn.isAsking).toBe(false);
    clock.advance(99);
    expect(over).toBe(0);
    clock.advance(1);
    expect(over).toBe(1);
  });

  test('nor while the keychain is asked, which may ask the user', async () => {
    let open = (): void => undefined;
    saved = new Promise((resolve) => (open = () => resolve('kept')));
    await signIn.next(nothing);
    const next = signIn.next(left('password'));
    await turn();
    clock.advance(1_000);
    open();
    expect(await next).toMatchObject({ type: 'password' });
    expect(over).toBe(0);
  });

  test('starts none where the connection is over meanwhile', async () => {
    await signIn.next(nothing);
    const next = signIn.next(left('password'));
    await turn();
    isOver = true;
    answer({ answers: ['x'], remember: false });
    await next;
    expect(clock.pending).toBe(0);
  });

  test('ends with why, and without a deadline', async () => {
    await signIn.next(nothing);
    expect(await signIn.next(left('hostbased'))).toEqual({
      kind: 'failed',
      sentence: 'The server let jane in by none of its ways (hostbased).',
    });
    expect(clock.pending).toBe(0);
  });

  test('takes what the server said to a key from inside of ssh2, where it is', async () => {
    inside = {
      lastAnswer: left('password'),
      signatureAlgorithms: null,
      disconnect: null,
      sendSigned: () => undefined,
    };
    await signIn.next(nothing);
    const next = signIn.next(left('publickey'));
    await turn();
    expect(asked).toEqual([{ kind: 'password', said: '' }]);
    answer(null);
    expect(await next).toEqual({ kind: 'cancelled' });
  });

  test('shows what the server says, and gives it to the next question, once', async () => {
    await signIn.next(nothing);
    signIn.heard('Welcome\u001b[2J');
    signIn.heard('\n');
    signIn.heard('Be good');
    expect(shown).toEqual(['Welcome', 'Be good']);
    expect(signIn.said).toBe('Welcome\nBe good');
    let next = signIn.next(left('password'));
    await turn();
    answer({ answers: ['x'], remember: false });
    await next;
    next = signIn.next(left('password'));
    await turn();
    answer(null);
    await next;
    expect(asked).toEqual([
      { kind: 'password', said: 'Welcome\nBe good' },
      { kind: 'password', said: '', refused: 'typed' },
    ]);
    isOver = true;
    signIn.heard('Too late');
    expect(signIn.said).toBe('Welcome\nBe good');
  });

  test('what worked is told once the door is open, and once', async () => {
    await signIn.next(nothing);
    const next = signIn.next(left('password'));
    await turn();
    answer({ answers: ['right'], remember: true });
    await next;
    expect(told).toEqual([]);
    signIn.succeeded();
    signIn.succeeded();
    expect(told).toEqual([
      ['remember', 'password', 'right'],
      ['worked', null],
    ]);
  });

  test('says what was refused, also where the server has not answered the last attempt', async () => {
    expect(signIn.refusal()).toBeNull();
    await signIn.next(nothing);
    expect(signIn.refusal()).toBeNull();
    const next = signIn.next(left('password'));
    await turn();
    answer({ answers: ['x'], remember: false });
    await next;
    expect(signIn.refusal()).toBe('The password for jane was refused.');
    void signIn.next(left('password'));
    await turn();
    expect(signIn.refusal()).toBe('The password for jane was refused.');
  });

  describe('whose server shuts the door at too many keys', () => {
    const offer = async (count: number): Promise<void> => {
      start({ method: 'agent' }, 5);
      await signIn.next(nothing);
      for (let index = 0; index < count; index += 1) await signIn.next(left('publickey'));
    };

    test.each([
      [0, false, null],
      [1, false, null],
      [2, true, 1],
      [4, true, 3],
    ])('after %i offers goes on in another connection: %s', async (count, goesOn, offersBorne) => {
      await offer(count);
      expect(signIn.needsNewConnection()).toBe(goesOn);
      expect(carried.offersBorne).toBe(offersBorne);
    });

    test('does not where it is the second connection already', async () => {
      carried.connections = 2;
      await offer(3);
      expect(signIn.needsNewConnection()).toBe(false);
    });

    test('does not once the server got an answer of the user', async () => {
      await offer(3);
      start({ method: 'auto' }, 3);
      carried.tried.clear();
      await signIn.next(nothing);
      for (let index = 0; index < 3; index += 1) await signIn.next(left('publickey', 'password'));
      void signIn.next(left('publickey', 'password'));
      await turn();
      expect(asked).toHaveLength(1);
      expect(signIn.needsNewConnection()).toBe(false);
    });
  });

  test('has no deadline while an agent asks its user, and what is left of it afterwards', async () => {
    let sign = (): void => undefined;
    const slow = held('slow', () => new Promise((resolve) => (sign = () => resolve(Buffer.from('s')))));
    start({ method: 'agent' }, [slow]);
    await signIn.next(nothing);
    const { agent } = (await signIn.next(left('publickey'))) as unknown as {
      readonly agent: { sign: (...args: unknown[]) => void };
    };
    clock.advance(60);
    agent.sign(null, Buffer.from('data'), {}, () => undefined);
    await turn();
    clock.advance(1_000_000);
    sign();
    await turn();
    clock.advance(39);
    expect(over).toBe(0);
    clock.advance(1);
    expect(over).toBe(1);
  });

  test.each([
    [['ssh-rsa'], 'failed'],
    [['rsa-sha2-512'], 'agent'],
    [null, 'agent'],
  ])(
    'offers no key that would sign by what the server alone takes: %j',
    async (signatureAlgorithms, what) => {
      inside = { lastAnswer: null, signatureAlgorithms, disconnect: null, sendSigned: () => undefined };
      start({ method: 'agent' }, [{ ...held('rsa'), type: 'ssh-rsa' }]);
      await signIn.next(nothing);
      const next = await signIn.next(left('publickey'));
      expect('kind' in next ? next.kind : next.type).toBe(what);
    },
  );

  test('a signed request goes out by the inside of ssh2, and none once the connection is over', async () => {
    const sent: unknown[] = [];
    inside = {
      lastAnswer: null,
      signatureAlgorithms: null,
      disconnect: null,
      sendSigned: (...args) => sent.push(args),
    };
    start({ method: 'agent' }, 2);
    await signIn.next(nothing);
    const sign = async (): Promise<void> => {
      const { agent } = (await signIn.next(left('publickey'))) as unknown as {
        readonly agent: { sign: (...args: unknown[]) => void };
      };
      agent.sign(null, Buffer.from('data'), {}, () => undefined);
      await turn();
    };
    await sign();
    expect(sent).toEqual([[Buffer.from('data'), Buffer.from('s')]]);
    isOver = true;
    await sign();
    expect(sent).toHaveLength(1);
  });
});
