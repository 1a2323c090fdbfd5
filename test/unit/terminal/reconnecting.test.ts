import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as endings from '../../../main/terminal/process/disconnect-reason.ts';
import { FakeConnection } from './fake-connection.ts';
import type { FakeView } from './fake-view.ts';
import { hop, SessionRig, signInOf } from './session-rig.ts';

vi.mock('../../../main/terminal/process/shell-connection.ts', async () => ({
  ShellConnection: (await import('./fake-connection.ts')).FakeConnection,
}));

const lost = endings.lostNoAnswer(34_000);
const unreachable = endings.unreachable('web', 'web', 'ENETUNREACH');

describe('a session that is set to connect again by itself', () => {
  let rig: SessionRig;
  let view: FakeView;

  beforeEach(() => {
    rig = new SessionRig();
    rig.reconnects = true;
    view = rig.attach();
    rig.open();
  });
  const made = (): number => FakeConnection.made.length;
  const end = (ending = lost): void => rig.connection.listener.ended(ending);
  const state = () => view.states.at(-1);

  test('does so after a lost link, and says when', () => {
    end();
    expect(state()).toEqual({
      phase: 'ended',
      reason: 'lost',
      sentence: lost.sentence,
      retryable: true,
      nextAttempt: { atMs: rig.clock.now() + 1_000, number: 1, limit: 10 },
    });
    rig.clock.advance(999);
    expect(made()).toBe(1);
    rig.clock.advance(1);
    expect(made()).toBe(2);
    rig.connection.listener.opened();
    expect(state()).toEqual({ phase: 'open', latencyMs: null });
    expect(rig.clock.pending).toBe(0);
  });

  test('waits longer from attempt to attempt, makes ten of them, and then waits for Enter', () => {
    end();
    const waits: number[] = [];
    for (;;) {
      const before = made();
      const startMs = rig.clock.monotonicMs();
      while (made() === before && rig.clock.pending > 0) rig.clock.advance(250);
      if (made() === before) break;
      waits.push(rig.clock.monotonicMs() - startMs);
      end(unreachable);
    }
    expect(waits.map((ms) => ms / 1_000)).toEqual([1, 2, 4, 8, 15, 30, 60, 60, 60, 60]);
    expect(state()).toEqual({
      phase: 'ended',
      reason: 'unreachable',
      sentence:
        'web cannot be reached: this computer has no network. After 10 attempts to connect again no other one follows. Press Enter to connect again.',
      retryable: true,
    });
    rig.clock.advance(86_400_000);
    expect(made()).toBe(11);
    // Whoever asks has all of them again.
    view.say({ type: 'reconnect' });
    rig.connection.listener.opened();
    end();
    expect(state()).toMatchObject({ nextAttempt: { number: 1 } });
  });

  test('has few attempts left where each connection is lost at once, and all again after a steady one', () => {
    end();
    for (let number = 2; number <= 4; number += 1) {
      rig.clock.advance(60_000);
      rig.connection.listener.opened();
      rig.clock.advance(59_999);
      end();
      expect(state()).toMatchObject({ nextAttempt: { number } });
    }
    rig.clock.advance(60_000);
    rig.connection.listener.opened();
    rig.clock.advance(60_000);
    end();
    expect(state()).toMatchObject({ nextAttempt: { number: 1 } });
  });

  test.each([
    ['the shell ended', endings.exited(0, null)],
    ['the shell was killed', endings.exited(null, 'KILL')],
    ['the server said goodbye', endings.disconnected('idle for too long', 11)],
    ['it was canceled', endings.cancelled()],
  ])('does not where %s', (_what, ending) => {
    end(ending);
    expect(state()).not.toHaveProperty('nextAttempt');
    expect(rig.clock.pending).toBe(0);
    expect(state()).toMatchObject({ phase: 'ended', reason: ending.reason, sentence: ending.sentence });
  });

  test.each([
    ['the sign-in was refused', endings.authenticationFailed('No.')],
    ['too many sign-ins failed', endings.tooManyFailures('jane', null)],
    ['the address is refused for now', endings.refusesForNow('web', 'Not allowed at this time')],
    ['the server hung up in the sign-in', endings.lostClosed('authenticating')],
    ['the host key changed', endings.hostKeyRejected()],
    ['the host key is revoked', endings.hostKeyRevoked('web', 'SHA256:x')],
    ['the known hosts are of no use', endings.knownHostsUnusable('EIO')],
    ['the server broke the protocol', endings.brokenProtocol('x')],
    ['somebody canceled the attempt', endings.cancelled()],
    [
      'a jump host allows no connection',
      endings.jumpRefused('web', Object.assign(new Error(''), { reason: 1 })),
    ],
    ['no shell was opened', endings.notOpened('shell', 'x')],
  ])('makes no other attempt after one where %s', (_what, ending) => {
    end();
    rig.clock.advance(1_000);
    end(ending);
    expect(state()).not.toHaveProperty('nextAttempt');
    rig.clock.advance(86_400_000);
    expect(made()).toBe(2);
  });

  test.each([
    ['no network', unreachable],
    ['no such name for now', endings.unreachable('web', 'web', 'EAI_AGAIN')],
    ['a server that starts', endings.unreachable('web', 'web', 'ECONNREFUSED')],
    ['no answer', endings.connectTimeout('web', 15_000)],
    ['no end of the key exchange', endings.silentServer('web', 20_000)],
    ['a server that hangs up at once', endings.lostBeforeHandshake('web')],
    ['a server that hangs up in the key exchange', endings.lostClosed('key-exchange')],
    ['a reset', endings.lostBySocket('ECONNRESET')],
    ['a jump host that cannot reach it', endings.jumpRefused('web', new Error('timed out'))],
    ['that at a jump host', endings.atJumpHost('j', unreachable)],
  ])('makes another attempt after one that met %s', (_what, ending) => {
    end();
    rig.clock.advance(1_000);
    end(ending);
    expect(state()).toMatchObject({ nextAttempt: { number: 2 } });
  });

  test('does not where a first connection fails: nobody was there yet', () => {
    rig = new SessionRig();
    rig.reconnects = true;
    rig.session.connect();
    end(unreachable);
    expect(rig.clock.pending).toBe(0);
  });

  test('asks nobody: an attempt that takes an answer ends, and Enter asks', async () => {
    for (const asks of [
      () =>
        signInOf(rig.connection).ask({
          kind: 'passphrase',
          path: '/key',
          wrongBefore: false,
        }),
      () =>
        rig.connection.listener.askHostKey(
          {
            keyType: 'x',
            fingerprint: 'x',
            reinstalled: null,
            isKnownOnPort22: false,
            hasCertAuthority: false,
          },
          hop,
        ),
    ]) {
      end();
      rig.clock.advance(60_000);
      expect(await asks()).toBeOneOf([null, false]);
      expect(state()).toEqual({
        phase: 'ended',
        reason: 'lost',
        sentence:
          'The connection was lost, and to connect again takes an answer of yours. Press Enter to connect again.',
        retryable: true,
      });
      expect(rig.clock.pending).toBe(0);
      view.say({ type: 'reconnect' });
      void asks();
      expect(state()).toMatchObject({ phase: 'prompting' });
      rig.connection.listener.opened();
    }
  });

  test('waits no longer once there is another network, or at the word of the user', () => {
    end();
    rig.session.probe();
    expect(made()).toBe(2);
    end(unreachable);
    view.say({ type: 'reconnect' });
    expect(made()).toBe(3);
    expect(rig.clock.pending).toBe(0);
    rig.connection.listener.opened();
    rig.session.probe();
    expect(made()).toBe(3);
  });

  test.each([
    ['the user stops it', () => view.say({ type: 'cancel' })],
    [
      'it is set otherwise',
      () => {
        rig.reconnects = false;
        rig.session.reconnectsChanged();
      },
    ],
  ])('does not once %s', (_what, happens) => {
    end();
    happens();
    expect(state()).toEqual({ phase: 'ended', reason: 'lost', sentence: lost.sentence, retryable: true });
    rig.session.probe();
    rig.clock.advance(86_400_000);
    expect(made()).toBe(1);
  });

  test('does not once it is closed', () => {
    end();
    rig.session.close();
    rig.clock.advance(86_400_000);
    expect([made(), rig.clock.pending]).toEqual([1, 0]);
  });

  test('does not where it is not set', () => {
    rig.reconnects = false;
    end();
    expect(state()).not.toHaveProperty('nextAttempt');
    expect(rig.clock.pending).toBe(0);
  });
});
