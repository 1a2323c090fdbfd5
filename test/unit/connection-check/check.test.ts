import { describe, expect, test } from 'vitest';
import { runCheck, type CheckProbes } from '../../../main/connection-check/check.ts';
import type { CheckTarget, ShieldFinding } from '../../../main/connection-check/evidence.ts';
import type { SignInCheck } from '../../../main/terminal/requests.ts';
import type { CheckStepName, ConnectionCheck } from '../../../preload/contract/connection-check.ts';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import type { Instance, StateKind } from '../../../preload/contract/instance.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { instance } from '../domain/samples.ts';

const target: CheckTarget = {
  host: '203.0.113.7',
  port: 22,
  user: 'root',
  auth: 'auto',
  isName: false,
  isOwnAddress: true,
  isBehindJumpHost: false,
};
const worked: SignInCheck = {
  hostKey: { kind: 'trusted' },
  methods: ['publickey', 'password'],
  keysOffered: 1,
  asked: null,
  opened: { keyFingerprint: 'SHA256:abc' },
  end: null,
};
const allows: ShieldFinding = {
  kind: 'judged',
  ipId: '501' as ShieldIpId,
  reach: 'allow',
  source: { address: '198.51.100.7', isSeen: true },
};

interface World extends Partial<Omit<CheckProbes, 'signIn'>> {
  readonly kind?: StateKind;
  readonly target?: CheckTarget | null;
  readonly signIn?: SignInCheck | 'gone' | 'fails';
  /** So many tellings are wanted. */
  readonly wanted?: number;
}

async function checked(world: World = {}) {
  const asked: string[] = [];
  const told: ConnectionCheck[] = [];
  const probes: CheckProbes = {
    lookUp: world.lookUp ?? (() => Promise.resolve({ kind: 'found', addresses: ['203.0.113.7'] })),
    shield: (...of) => {
      asked.push(`shield ${of[0].join(',')}:${of[1]}`);
      return world.shield?.(...of) ?? Promise.resolve(allows);
    },
    port: (at, onPort) => {
      asked.push(`port ${at.host}:${at.port}`);
      if (world.port !== undefined) return world.port(at, onPort);
      onPort({ kind: 'open', tookMs: 12 });
      return Promise.resolve({ kind: 'ssh', version: 'SSH-2.0-OpenSSH_9.2p1' });
    },
    signIn: () => {
      asked.push('sign-in');
      if (world.signIn === 'gone') return null;
      return Promise.resolve(
        world.signIn === 'fails' ? fail({ kind: 'refused', message: 'EACCES' }) : ok(world.signIn ?? worked),
      );
    },
  };
  const web: Instance = { ...instance('web', world.kind ?? 'running'), name: 'web' };
  const at = world.target === undefined ? target : world.target;
  let left = world.wanted ?? Number.POSITIVE_INFINITY;
  await runCheck(
    { instance: web, target: at },
    probes,
    (check) => told.push(check),
    () => (left -= 1) >= 0,
  );
  const last = told.at(-1);
  const stepOf = (name: CheckStepName) => last?.steps.find((step) => step.name === name);
  const states = Object.fromEntries(last?.steps.map(({ name, state }) => [name, state]) ?? []);
  return { asked, told, last, stepOf, states };
}

describe('a check of a connection', () => {
  test('tells of each step as it is known, and that nothing is in the way', async () => {
    const { told, last, states } = await checked();
    const running = told.map(({ steps }) => steps.find(({ state }) => state === 'running')?.name);
    expect(running.filter((name) => name !== undefined)).toEqual(['shield', 'port', 'greeting', 'host-key']);
    expect(states).toEqual({
      instance: 'ok',
      name: 'skipped',
      shield: 'ok',
      port: 'ok',
      greeting: 'ok',
      'host-key': 'ok',
      'sign-in': 'ok',
      console: 'skipped',
    });
    expect(last).toMatchObject({ target: 'root@203.0.113.7', isRunning: false, title: 'web' });
    expect(last?.conclusion).toContain('Nothing is in the way');
  });

  test('of an instance that is stopped says so, and knocks at no port of its own', async () => {
    const { asked, last, stepOf } = await checked({ kind: 'stopped' });
    expect(asked).toEqual(['shield 203.0.113.7:22']);
    expect(stepOf('instance')).toMatchObject({ state: 'problem', action: { kind: 'start' } });
    expect(stepOf('port')).toMatchObject({ state: 'skipped' });
    expect(last?.conclusion).toBe('web is stopped: nothing answers on it.');
  });

  test('goes on where another host stands in front of one that is stopped', async () => {
    const { asked } = await checked({ kind: 'stopped', target: { ...target, isOwnAddress: false } });
    expect(asked).toContain('port 203.0.113.7:22');
  });

  test('behind a jump host looks at no port from here, and signs in by it', async () => {
    const { asked, states } = await checked({ target: { ...target, isBehindJumpHost: true } });
    expect(asked).toEqual(['sign-in']);
    expect(states).toMatchObject({
      shield: 'skipped',
      port: 'skipped',
      greeting: 'skipped',
      'sign-in': 'ok',
    });
  });

  test.each(['suspended', 'failed', 'transition', 'deletion', 'unknown'] as const)(
    'has words for an instance that is %s',
    async (kind) => {
      const { stepOf } = await checked({ kind });
      expect(stepOf('instance')?.finding).not.toBeNull();
      expect(stepOf('instance')?.state).toBe(
        kind === 'unknown' || kind === 'deletion' ? 'unknown' : 'problem',
      );
    },
  );

  test('of an instance without an address looks at nothing', async () => {
    const { asked, states, last } = await checked({ target: null });
    expect(asked).toEqual([]);
    expect(states).toMatchObject({ port: 'skipped', 'sign-in': 'skipped' });
    expect(last?.target).toBeNull();
  });

  describe('looks a name up first', () => {
    const named = { ...target, host: 'web.example', isName: true, isOwnAddress: false };

    test('and judges Shield by its addresses', async () => {
      const { asked, stepOf } = await checked({ target: named });
      expect(asked[0]).toBe('shield 203.0.113.7:22');
      expect(stepOf('name')?.finding).toBe('web.example is 203.0.113.7.');
    });

    test.each([
      [{ kind: 'none' }, 'There is no address for the name web.example.'],
      [{ kind: 'failed', code: 'EAI_AGAIN' }, 'The name web.example could not be looked up (EAI_AGAIN).'],
    ] as const)('and stops where that comes to %o', async (name, conclusion) => {
      const { asked, last, stepOf } = await checked({ target: named, lookUp: () => Promise.resolve(name) });
      expect(asked).toEqual([]);
      expect(last?.conclusion).toBe(conclusion);
      expect(stepOf('name')?.action).toEqual({ kind: 'ssh-settings' });
    });
  });

  describe('of Shield', () => {
    const judged = (reach: Extract<ShieldFinding, { kind: 'judged' }>['reach'], isSeen: boolean | null) =>
      Promise.resolve<ShieldFinding>({
        ...allows,
        reach,
        source: isSeen === null ? null : { address: '198.51.100.7', isSeen },
      });
    const silent: CheckProbes['port'] = (_at, onPort) => {
      onPort({ kind: 'timeout', afterMs: 10_000 });
      return Promise.resolve(null);
    };

    test.each([
      ['allow', true, 'ok', 'Shield lets this computer (198.51.100.7) through to port 22.'],
      ['allow', null, 'ok', 'Shield lets every address through to port 22.'],
      ['block', true, 'problem', 'Shield blocks port 22 for this computer (198.51.100.7).'],
      ['block', null, 'problem', 'Shield blocks port 22 for every address.'],
      ['block', false, 'problem', 'behind a router it is seen by another one.'],
      ['source', null, 'unknown', 'as Shield sees it, is not known.'],
      ['order', true, 'unknown', 'It cannot be told'],
      ['unknown', null, 'unknown', 'It cannot be told'],
    ] as const)('%s, with an address that is seen: %s', async (reach, isSeen, state, words) => {
      const { stepOf } = await checked({ shield: () => judged(reach, isSeen), port: silent });
      expect(stepOf('shield')).toMatchObject({ state });
      expect(stepOf('shield')?.finding).toContain(words);
      if (state !== 'ok') expect(stepOf('shield')?.action).toEqual({ kind: 'shield', ipId: '501' });
      expect(stepOf('port')?.action?.kind).toBe(reach === 'allow' ? 'console' : 'shield');
    });

    test.each(['block', 'source', 'order', 'unknown'] as const)(
      'a port that answers speaks against %s',
      async (reach) => {
        const { stepOf, last } = await checked({ shield: () => judged(reach, null) });
        expect(stepOf('shield')?.state).toBe(reach === 'block' ? 'unknown' : 'ok');
        expect(last?.conclusion).toContain('Nothing is in the way');
      },
    );

    test('says why its rules could not be read, and where it is not in the way', async () => {
      const unreadable = await checked({
        shield: () => Promise.resolve({ kind: 'unreadable', why: 'The token lacks shield:read.' }),
      });
      expect(unreadable.stepOf('shield')).toMatchObject({ state: 'unknown' });
      expect(unreadable.stepOf('shield')?.finding).toContain('The token lacks shield:read.');
      const other = await checked({
        shield: () => Promise.resolve({ kind: 'not-protected', address: '203.0.113.7' }),
      });
      expect(other.stepOf('shield')?.state).toBe('skipped');
    });
  });

  test.each([
    [{ kind: 'refused' }, 'refuses the connection', 'ssh-settings'],
    [{ kind: 'timeout', afterMs: 10_000 }, 'no reply within 10 s', 'console'],
    [{ kind: 'unreachable', code: 'EHOSTUNREACH' }, 'there is no route to it', undefined],
    [{ kind: 'unreachable', code: 'EODD' }, 'the system says EODD', undefined],
  ] as const)('of a port: %o', async (port, words, action) => {
    const { stepOf, states, last } = await checked({
      port: (_at, onPort) => {
        onPort(port);
        return Promise.resolve(null);
      },
    });
    expect(last?.conclusion).toContain(words);
    expect(stepOf('port')?.action?.kind).toBe(action);
    expect(states).toMatchObject({ greeting: 'skipped', 'host-key': 'skipped', 'sign-in': 'skipped' });
  });

  test.each([
    [{ kind: 'refuses', words: 'Not allowed at this time' }, 'for now', undefined],
    [{ kind: 'other', words: '220 mail' }, 'It says “220 mail”.', 'console'],
    [{ kind: 'silent', afterMs: 8_000 }, 'says nothing for 8 s', 'console'],
    [{ kind: 'closed' }, 'hangs up without a word', 'console'],
  ] as const)('of what answers: %o', async (greeting, words, action) => {
    const { stepOf, states, last } = await checked({
      port: (_at, onPort) => {
        onPort({ kind: 'open', tookMs: 1 });
        return Promise.resolve(greeting);
      },
    });
    expect(last?.conclusion).toContain(words);
    expect(stepOf('greeting')?.action?.kind).toBe(action);
    expect(states).toMatchObject({ port: 'ok', 'host-key': 'skipped', 'sign-in': 'skipped' });
  });

  const unknown = { kind: 'unknown', keyType: 'ssh-ed25519', fingerprint: 'SHA256:new' } as const;
  const closed: SignInCheck = { ...worked, opened: null };
  const ended = (reason: 'host-key-changed' | 'authentication-failed', sentence: string) => ({
    end: { reason, sentence },
  });
  test.each<[string, Partial<SignInCheck>, CheckStepName, string, string, string | undefined]>([
    [
      'a changed key',
      { hostKey: null, methods: null, ...ended('host-key-changed', 'The host key has changed.') },
      'host-key',
      'problem',
      'has changed',
      'known-hosts',
    ],
    [
      'an unknown key',
      { hostKey: unknown },
      'host-key',
      'ok',
      'You are asked whether you trust it',
      undefined,
    ],
    ['an unknown server', { hostKey: unknown }, 'sign-in', 'ok', 'by keys or a password', undefined],
    [
      'an expected key',
      { hostKey: { ...unknown, kind: 'expected' } },
      'host-key',
      'ok',
      'after the reinstall',
      undefined,
    ],
    ['a password', { asked: { kind: 'password' } }, 'sign-in', 'ok', 'asks root for a password', 'system'],
    [
      'a passphrase',
      { asked: { kind: 'passphrase', path: '~/k' } },
      'sign-in',
      'ok',
      'The key ~/k',
      undefined,
    ],
    [
      'keys alone',
      { methods: ['publickey'], keysOffered: 2, ...ended('authentication-failed', 'No.') },
      'sign-in',
      'problem',
      'None of the 2 keys',
      'ssh-settings',
    ],
    [
      'no way at all',
      { methods: [], ...ended('authentication-failed', 'No.') },
      'sign-in',
      'problem',
      'No.',
      'console',
    ],
  ])('of a sign-in with %s', async (_title, changes, step, state, words, action) => {
    const { stepOf } = await checked({ signIn: { ...closed, ...changes } });
    expect(stepOf(step)).toMatchObject({ state });
    expect(stepOf(step)?.finding).toContain(words);
    expect(stepOf(step)?.action?.kind).toBe(action);
  });

  test('comes to the question about the host key where it is not known', async () => {
    const { last } = await checked({ signIn: { ...closed, hostKey: unknown } });
    expect(last?.conclusion).toContain('you are asked about its host key first');
  });

  test.each([
    ['password', ['publickey'], 'The server takes no password.'],
    ['key-file', ['password'], 'The server takes no keys.'],
    ['agent', ['publickey', 'password'], 'is not accepted'],
  ] as const)('names settings that cannot work: %s where it takes %s', async (auth, methods, words) => {
    const { stepOf } = await checked({ target: { ...target, auth }, signIn: { ...closed, methods } });
    expect(stepOf('sign-in')).toMatchObject({ state: 'problem', action: { kind: 'ssh-settings' } });
    expect(stepOf('sign-in')?.finding).toContain(words);
  });

  test.each([
    ['gone', 'no address any more'],
    ['fails', 'EACCES'],
  ] as const)('says where the sign-in could not be looked at: %s', async (signIn, words) => {
    const { stepOf, last } = await checked({ signIn });
    expect(stepOf('sign-in')).toMatchObject({ state: 'unknown' });
    expect(stepOf('sign-in')?.finding).toContain(words);
    expect(last?.isRunning).toBe(false);
  });

  test('that nobody wants any more knocks at nothing', async () => {
    expect((await checked({ wanted: 2 })).asked).toEqual(['shield 203.0.113.7:22']);
  });
});
