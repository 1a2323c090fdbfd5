import { describe, expect, it } from 'vitest';
import * as reasons from '../../../main/console/disconnect-reason.ts';
import type { ConsoleEnd } from '../../../preload/contract/console.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';

const again = ' Press Enter to connect again.';

describe('why a console has ended', () => {
  it.each<[reasons.Ending, ConsoleEnd, string]>([
    [
      reasons.insecureAddress(),
      'insecure',
      'The API gave no encrypted address (wss) for this console, so it was not opened: anybody on the way could read along.',
    ],
    [
      reasons.badCertificate(),
      'insecure',
      "The console's certificate was not accepted, so nothing was sent. Check this computer's clock, and whether a proxy is in between.",
    ],
    [
      reasons.notTls(),
      'insecure',
      "What answers at the console's address speaks no TLS, so nothing was sent. A proxy may come between.",
    ],
    [
      reasons.tlsRefused(),
      'insecure',
      "The console's server broke off the encryption (TLS), so nothing was sent. It may be too old for TLS 1.2, or want a certificate of this computer.",
    ],
    [reasons.notAWebSocket(), 'protocol-error', "What answers at the console's address is no WebSocket."],
    [reasons.redirected(), 'insecure', 'The console answered with another address. It was not followed.'],
    [reasons.expired(), 'expired', 'The console refused its access, also when it was requested again.'],
    [
      reasons.refusedWithStatus(502),
      'unreachable',
      'The console did not open: its server answered with status 502.',
    ],
    [reasons.unreachable(), 'unreachable', 'The console could not be reached. Check the network connection.'],
    [reasons.timedOut(15_000), 'timeout', 'The console did not answer within 15 s.'],
    [reasons.cancelled(), 'cancelled', 'Connecting was canceled.'],
    [
      reasons.closedByServer(''),
      'closed',
      'The console was closed by its server. It has stopped, or somebody else opened the console.',
    ],
    [reasons.closedByServer('Bye'), 'closed', 'The console was closed by its server: “Bye”.'],
    [
      reasons.closedByServer('x'.repeat(200)),
      'closed',
      `The console was closed by its server: “${'x'.repeat(119)}…”.`,
    ],
    [reasons.lost(), 'lost', 'The connection was lost.'],
    [reasons.noAnswer(30_000), 'lost', 'The connection was lost: no answer for 30 s.'],
    [reasons.brokenProtocol(), 'protocol-error', 'The console sent something that cannot be read.'],
    [
      reasons.tooSlow(),
      'protocol-error',
      'The console no longer takes what is typed, so the connection was ended.',
    ],
  ])('is said, with what to do then: %j', (ending, reason, sentence) => {
    expect(ending).toEqual({ phase: 'ended', reason, sentence: sentence + again });
  });
});

describe('why a server does not let anybody in', () => {
  const refused = (reason: Parameters<typeof reasons.notLetIn>[0]['reason'], words: string | null) =>
    reasons.notLetIn({ kind: 'failed', reason, words });

  it.each<[reasons.Ending, ConsoleEnd, string]>([
    [refused('not-rfb', null), 'protocol-error', 'What answers is not a VNC console.'],
    [
      refused('no-password', null),
      'authentication-failed',
      'The console wants a password, and the API gave none.',
    ],
    [
      refused('wrong-password', null),
      'authentication-failed',
      'The console refused its password, also a fresh one.',
    ],
    [
      refused('wrong-password', 'No such user.'),
      'authentication-failed',
      'The console refused its password, also a fresh one: “No such user”.',
    ],
    [
      refused('too-many-attempts', null),
      'refused',
      'The console takes no sign-in for a while, since too many have failed. Wait a few minutes.',
    ],
    [
      refused('refused', null),
      'refused',
      'The console refused the connection. Somebody else may have it open.',
    ],
    [refused('refused', 'It is full!'), 'refused', 'The console refused the connection: “It is full”.'],
    [
      refused('unknown-security', 'RA2, TLS'),
      'authentication-failed',
      'The console offers no way to sign in that the app knows. It offers RA2, TLS.',
    ],
    [
      refused('unknown-security', null),
      'authentication-failed',
      'The console offers no way to sign in that the app knows. It offers none.',
    ],
    [
      reasons.samePassword('Wait. Then try'),
      'authentication-failed',
      'The console refused its password: “Wait. Then try”, and the API gave the same one when it was asked again.',
    ],
  ])('is said: %j', (ending, reason, sentence) => {
    expect(ending).toEqual({ phase: 'ended', reason, sentence: sentence + again });
  });

  it.each([
    'Authentication failed',
    'authentication failure.',
    'Password check failed!',
    'password check failure',
  ])('leaves out what says no more than that: %s', (words) => {
    expect(refused('wrong-password', words)).toEqual(refused('wrong-password', null));
  });

  it.each(['No authentication failed', 'Authentication failed twice'])(
    'repeats what says more: %s',
    (words) => {
      expect(refused('wrong-password', words).sentence).toContain(`: “${words}”`);
    },
  );
});

describe('why the API gives no access', () => {
  const words = (error: ApiError): string => reasons.refusedByApi(error).sentence;

  it('is said in its own words, with what it says to do', () => {
    expect(reasons.refusedByApi({ kind: 'not-found', message: 'Not found' })).toEqual({
      phase: 'ended',
      reason: 'refused',
      sentence:
        'This no longer exists, or never did. Refresh the list to see what is there. Press Enter to connect again.',
    });
  });

  it('is no question of what was filled in: nothing was', () => {
    const error = { kind: 'invalid', message: 'It is not running.', fields: { id: ['Wrong.'] } } as const;
    expect(words(error)).toBe(`It is not running.${again}`);
    expect(words({ kind: 'aborted' })).toBe(`This was canceled.${again}`);
  });

  it('is an address that must not be opened, where the answer was not what it should be', () => {
    expect(reasons.refusedByApi({ kind: 'drift', message: 'x' })).toEqual(reasons.insecureAddress());
  });
});
