import { connect } from 'node:net';
import type { SshProbe } from '../../preload/contract/create.ts';
import { refusesForNow } from '../../preload/contract/ssh-refusal.ts';

/** A server that is starting may take its time before its first word. */
const deadlineMs = 8_000;
/** What may come before the version; OpenSSH's own client takes 1,024 lines. */
const maxBytes = 64 * 1024;
/** RFC 4253, 4.2: `SSH-2.0-…` at the beginning of a line, lines before it allowed. 1.99 is 2.0 for old clients (5.1). */
const version = /^SSH-(?:2\.0|1\.99)-/m;

/**
 * Whether a server at `host`:`port` says that it speaks SSH: `answers` with its version line, `refuses` where an SSH
 * server takes nobody from here for now, `not-ssh` where something takes the connection and says anything else, or
 * nothing in time, `silent` where nothing does. Nothing is sent.
 *
 * OpenSSH 9.8 and newer count a connection that does not try to sign in as one second of penalty, and refuse an address
 * from 15 of them on (PerSourcePenalties). Tried with OpenSSH 10.0: hanging up after the version line costs that, and
 * so does sending a version of one's own before. So who calls this again stops at the first answer.
 */
export function probeSsh(host: string, port: number): Promise<SshProbe> {
  return new Promise((resolve) => {
    let isConnected = false;
    let text = '';
    const socket = connect({ host, port });
    const end = (kind: 'answers' | 'refuses' | 'not-ssh'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isConnected ? { kind, address: host } : { kind: 'silent' });
    };
    const timer = setTimeout(() => end('not-ssh'), deadlineMs);
    socket.once('connect', () => (isConnected = true));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      if (version.test(text)) end('answers');
      else if (refusesForNow(text)) end('refuses');
      else if (text.length > maxBytes) end('not-ssh');
    });
    socket.once('close', () => end('not-ssh'));
    socket.once('error', () => end('not-ssh'));
  });
}
