import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import { fallbackLocale, sameLocale } from '../../../preload/contract/locales.ts';
import type { TerminalSession } from '../../../preload/contract/terminal.ts';
import type { SshChild, TerminalsParts } from '../../../main/terminal/client-parts.ts';
import { createTerminals } from '../../../main/terminal/client.ts';
import type { FromSshProcess, ToSshProcess } from '../../../main/terminal/protocol.ts';
import { setRouting } from '../../support/ssh-process.ts';

export const instance = 'i1' as InstanceId;
/** What the process is started with. */
export const start = {
  knownHostsPath: '/data/known_hosts',
  userKnownHostsPaths: [],
  systemKnownHostsPaths: [],
  scrollbackLines: 1000,
  theme: 'evorxa-dark',
  reconnects: false,
  locales: sameLocale(fallbackLocale),
} as const;

/** The ssh process, as its messages. */
export class FakeChild implements SshChild<string> {
  readonly got: { readonly message: ToSshProcess; readonly ports: readonly string[] }[] = [];
  killed = false;
  #onMessage: (message: FromSshProcess) => void = () => undefined;
  #onExit: (code: number) => void = () => undefined;

  postMessage(message: ToSshProcess, ports: string[] = []): void {
    this.got.push({ message, ports });
  }
  on(
    ...[event, listener]: ['message', (message: FromSshProcess) => void] | ['exit', (code: number) => void]
  ): void {
    if (event === 'message') this.#onMessage = listener;
    else this.#onExit = listener;
  }
  kill(): boolean {
    this.killed = true;
    this.#onExit(0);
    return true;
  }
  says(message: FromSshProcess): void {
    this.#onMessage(message);
  }
  crashes(): void {
    this.#onExit(139);
  }
  types(): string[] {
    return this.got.map(({ message }) => message.type);
  }
}

/** Terminals whose processes are fakes. */
export function setUp(overrides: Partial<TerminalsParts<string>> = {}) {
  const children: FakeChild[] = [];
  const pushed: (readonly TerminalSession[])[] = [];
  const reported: unknown[] = [];
  const calls: unknown[][] = [];
  let ids = 0;
  const terminals = createTerminals<string>({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    start,
    newSessionId: () => `s${(ids += 1)}` as SessionId,
    nowMs: () => 5000,
    settingsFor: () => ({
      title: 'web-1',
      accountId: 'a1' as AccountId,
      host: '203.0.113.42',
      port: 2222,
      user: 'root',
      auth: { method: 'auto' },
      preferredKey: 'SHA256:abc',
      routing: setRouting,
    }),
    secretFor: () => Promise.resolve('s3cret'),
    onFileNews: (news) => void calls.push(['edit', news]),
    rememberSecret: (...call) => Promise.resolve(void calls.push(['remember', ...call])),
    forgetSecret: (...call) => Promise.resolve(void calls.push(['forget', ...call])),
    newKeyExpectedUntilMs: () => null,
    newKeyTaken: (...call) => calls.push(['new key', ...call]),
    rememberKey: (...call) => calls.push(['key', ...call]),
    onChanged: (sessions) => pushed.push(sessions),
    onConnection: (connection) => calls.push(['connection', connection.state]),
    onForwards: (...call) => calls.push(['forwards', ...call]),
    report: (error) => reported.push(error),
    ...overrides,
  });
  return { terminals, children, pushed, reported, calls };
}

/** The one process that there was. */
export const only = (children: readonly FakeChild[]): FakeChild => {
  const [child, ...more] = children;
  if (child === undefined || more.length > 0) throw new Error(`${children.length} processes`);
  return child;
};
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
