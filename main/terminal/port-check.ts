import { connect } from 'node:net';
import { displayLines } from '../../preload/contract/display-text.ts';
import { refusesForNow } from '../../preload/contract/ssh-refusal.ts';

/** Whether a port takes a connection. */
export type PortFinding =
  | { readonly kind: 'open'; readonly tookMs: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** With the system's code: `EHOSTUNREACH`. */
  | { readonly kind: 'unreachable'; readonly code: string };

/** What stands behind an open port, by its first words. */
export type GreetingFinding =
  | { readonly kind: 'ssh'; readonly version: string }
  /** An SSH server that takes nobody from here for now. */
  | { readonly kind: 'refuses'; readonly words: string }
  | { readonly kind: 'other'; readonly words: string }
  | { readonly kind: 'silent'; readonly afterMs: number }
  /** It hung up without a word. */
  | { readonly kind: 'closed' };

/** How long each may take. */
export interface PortCheckLimits {
  readonly connectMs: number;
  readonly greetingMs: number;
}

/** OpenSSH's own patience is longer; whoever watches a check has less. */
export const portCheckLimits: PortCheckLimits = { connectMs: 10_000, greetingMs: 8_000 };

const maxBytes = 64 * 1024;
const version = /^SSH-[^\r\n]{1,255}/m;

/**
 * Connects to a port and listens to its first words; nothing is sent. `onPort` is told as soon as it is known whether the port
 * is open; null is answered where it is not.
 */
export function checkPort(
  { host, port }: { readonly host: string; readonly port: number },
  limits: PortCheckLimits,
  onPort: (finding: PortFinding) => void,
): Promise<GreetingFinding | null> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    let isOpen = false;
    let text = '';
    const socket = connect({ host, port });
    const end = (finding: GreetingFinding | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(finding);
    };
    const fail = (finding: PortFinding): void => {
      onPort(finding);
      end(null);
    };
    let timer = setTimeout(() => fail({ kind: 'timeout', afterMs: limits.connectMs }), limits.connectMs);
    socket.once('connect', () => {
      isOpen = true;
      onPort({ kind: 'open', tookMs: Math.round(performance.now() - startedMs) });
      clearTimeout(timer);
      timer = setTimeout(
        () => end(ofWords() ?? { kind: 'silent', afterMs: limits.greetingMs }),
        limits.greetingMs,
      );
    });
    const ofWords = (): GreetingFinding | null => {
      const words = displayLines(text, 200).replaceAll('\n', ' ').trim();
      if (text === '') return null;
      return { kind: refusesForNow(words) ? 'refuses' : 'other', words };
    };
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const [found] = version.exec(text) ?? [];
      // A line that is not whole may have more to come.
      if (found !== undefined && /[\r\n]/.test(text.slice(text.indexOf(found) + found.length)))
        end({ kind: 'ssh', version: displayLines(found, 200) });
      else if (text.length > maxBytes) end(ofWords());
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (isOpen) return;
      const code = error.code ?? error.message;
      if (code === 'ECONNREFUSED') fail({ kind: 'refused' });
      else if (code === 'ETIMEDOUT')
        fail({ kind: 'timeout', afterMs: Math.round(performance.now() - startedMs) });
      else fail({ kind: 'unreachable', code });
    });
    socket.on('close', () => {
      if (isOpen) end(ofWords() ?? { kind: 'closed' });
    });
  });
}
