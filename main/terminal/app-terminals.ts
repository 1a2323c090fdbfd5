import { randomUUID } from 'node:crypto';
import { homedir, networkInterfaces } from 'node:os';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { Account } from '../../preload/contract/account.ts';
import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import { currentLocales } from '../../preload/contract/locales.ts';
import { isHost } from '../../preload/contract/host.ts';
import { sessionPortMessage } from '../../preload/contract/session-port.ts';
import { defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { TerminalThemeId } from '../../preload/contract/settings.ts';
import type { SessionPhase, SshRoute, SshSettings } from '../../preload/contract/terminal.ts';
import { defaultSshPort } from '../ssh/index.ts';
import type { ForkProcess } from '../utility-process/index.ts';
import { systemClock } from '../clock/index.ts';
import type { SshTarget, Terminals, TerminalsParts } from './client-parts.ts';
import { createTerminals } from './client.ts';
import type { SshSettingsStore } from './ssh-settings-store.ts';
import type { ExpectedHostKeys } from './expected-host-keys.ts';
import { NetworkWatch } from './network-watch.ts';
import { routeOf, shownRoute } from './process/route.ts';
import { routingOf } from './routing.ts';
import { sshCommandOf, type SshCommand } from './ssh-command.ts';
import { createFreshLogins } from './fresh-logins.ts';
import type { KeyChange, KeyInstall, SignInCheck } from './requests.ts';
import type { SecretOwner, SshSecrets } from './ssh-secrets.ts';
import { usualKnownHosts } from './usual-known-hosts.ts';

export interface AppTerminalsOptions extends Pick<
  TerminalsParts<MessagePortMain>,
  'onChanged' | 'onConnection' | 'onForwards' | 'onFileNews'
> {
  readonly fork: ForkProcess;
  /** The built entry of the ssh process. */
  readonly modulePath: string;
  readonly knownHostsPath: string;
  readonly sshSettings: SshSettingsStore;
  readonly secrets: SshSecrets;
  readonly newKeys: ExpectedHostKeys;
  /** The password that the last reset of an instance gave out; null where none is held. */
  readonly freshPassword: (accountId: AccountId, instanceId: InstanceId) => string | null;
  /** An instance of an account, and that account; null where none has it. */
  readonly find: (
    instanceId: InstanceId,
  ) => { readonly account: Account; readonly instance: Instance } | null;
  /** How many lines a terminal keeps, as it is set now. */
  readonly scrollbackLines: () => number;
  /** The colours that the window draws terminals with now. */
  readonly theme: () => TerminalThemeId;
  /** Whether a session that is lost connects again by itself, as it is set now. */
  readonly reconnects: () => boolean;
  readonly report: (cause: unknown) => void;
}

/** Terminals on the instances of accounts, in a process of Electron's. */
export interface AppTerminals extends Pick<
  Terminals<MessagePortMain>,
  | 'sessions'
  | 'open'
  | 'restore'
  | 'ownerOf'
  | 'close'
  | 'startLog'
  | 'stopLog'
  | 'orderFiles'
  | 'openForwards'
  | 'orderForwards'
  | 'forgetHostKey'
  | 'endsAt'
  | 'request'
  | 'themeChanged'
  | 'probe'
  | 'reconnectsChanged'
  | 'stop'
  | 'writesDone'
> {
  /** Gives the page a port to a session; false when there is no such session. */
  attach(sessionId: SessionId, contents: WebContents): boolean;
  /** The instance was reinstalled from here: one new host key of it may be asked about. */
  expectNewHostKey(instanceId: InstanceId): void;
  /** By which way the instance is reached now; null where it has no address. */
  route(instanceId: InstanceId): Promise<SshRoute | null>;
  /** How ssh(1) is called for the way that the instance is reached now; null where it has no address. */
  sshCommand(instanceId: InstanceId): Promise<Result<SshCommand> | null>;
  /** The account was signed out: no new host key is expected of its instances any longer. */
  forgetAccount(accountId: AccountId): void;
  /** The fresh password of the instance may be sent to where it is reached now, as this user, and nowhere else. */
  allowFresh(instanceId: InstanceId, user: string): void;
  /** How an instance is reached now; null where it has no address. */
  reachOf(instanceId: InstanceId): SshTarget | null;
  /** How far a connection gets by keys alone, without anybody being asked; null where there is no address. */
  checkSignIn(
    instanceId: InstanceId,
    /** Otherwise as its settings say. */
    by?: { readonly auth: SshSettings['auth']; readonly passphrase: string | null },
  ): Promise<Result<SignInCheck>> | null;
  /**
   * Adds a key to authorized_keys where the instance is reached now, or takes it out; null where there is no address. Without
   * a password, one that the app holds is used.
   */
  changeKey(
    instanceId: InstanceId,
    change: Omit<KeyChange, 'passphrase'>,
  ): Promise<Result<KeyInstall> | null>;
  /** Keeps the passphrase of an instance's key file; false where no keychain took it. */
  keepPassphrase(instanceId: InstanceId, passphrase: string): Promise<boolean>;
  /** Keeps a password for where the instance is reached now; false where no keychain took it. */
  keepPassword(instanceId: InstanceId, user: string, password: string): Promise<boolean>;
}

/** A session for which it matters whether there is another network: it is open, or waits for one. */
const isAboutNetwork = (state: SessionPhase): boolean =>
  state.phase === 'open' || (state.phase === 'ended' && state.nextAttempt !== undefined);

/** Joins the terminals with Electron, the connection settings and the keychain. */
export function createAppTerminals(options: AppTerminalsOptions): AppTerminals {
  const { sshSettings, secrets, newKeys } = options;
  const surroundings = { env: process.env, platform: process.platform, home: homedir() };
  const freshLogins = createFreshLogins(options.freshPassword);
  const reachOf = (instanceId: InstanceId): SshTarget | null => {
    const found = options.find(instanceId);
    if (found === null) return null;
    const { account, instance } = found;
    const settings = sshSettings.get(account.id, instanceId);
    const address = settings.host ?? instance.mainIp;
    if (address === null || !isHost(address)) return null;
    return {
      title: instance.name,
      accountId: account.id,
      host: address,
      port: settings.port ?? defaultSshPort,
      user: settings.user ?? defaultSshUser,
      auth: settings.auth,
      preferredKey: sshSettings.keyOf(account.id, instanceId),
      routing: routingOf(instanceId, settings, (id) => {
        const other = options.find(id);
        if (other?.account.id !== account.id) return null;
        const { name, mainIp } = other.instance;
        return { name, mainIp, settings: sshSettings.get(account.id, id) };
      }),
    };
  };
  /** Where a user's password is taken, as ~/.ssh/config has it now; null where there is no way. */
  const placeOf = async (instanceId: InstanceId, user: string): Promise<SecretOwner | null> => {
    const reach = reachOf(instanceId);
    if (reach === null) return null;
    const routing = { ...reach.routing, isUserSet: true };
    const route = await routeOf({ ...reach, user, routing }, surroundings);
    if ('sentence' in route) return null;
    const { host, port } = route.last;
    return { accountId: reach.accountId, instanceId, host, port, user, isJumpHost: false };
  };
  const network = new NetworkWatch({
    clock: systemClock,
    interfaces: networkInterfaces,
    onChanged: () => terminals.probe(),
  });
  const terminals = createTerminals<MessagePortMain>({
    fork: () => options.fork(options.modulePath, 'SSH'),
    start: {
      knownHostsPath: options.knownHostsPath,
      ...usualKnownHosts(surroundings),
      get scrollbackLines() {
        return options.scrollbackLines();
      },
      get theme() {
        return options.theme();
      },
      get reconnects() {
        return options.reconnects();
      },
      locales: currentLocales(),
    },
    newSessionId: () => randomUUID() as SessionId,
    nowMs: () => Date.now(),
    settingsFor: reachOf,
    secretFor: async (target, kind) =>
      (kind === 'password' ? freshLogins.passwordFor(target) : null) ?? (await secrets.read(target, kind)),
    rememberSecret: async (target, kind, secret) => {
      await secrets.write(target, kind, secret);
    },
    forgetSecret: (target, kind) => secrets.remove(target, kind),
    newKeyExpectedUntilMs: (host) => newKeys.expectedUntilMs(host),
    newKeyTaken: (target) => newKeys.taken(target),
    rememberKey: ({ accountId, instanceId }, fingerprint) =>
      sshSettings.rememberKey(accountId, instanceId, fingerprint),
    onChanged: (sessions) => {
      network.setActive(sessions.some(({ state }) => isAboutNetwork(state)));
      options.onChanged(sessions);
    },
    onConnection: options.onConnection,
    onForwards: options.onForwards,
    onFileNews: options.onFileNews,
    report: options.report,
  });

  /** Where a connection goes that is made for an answer, not for a session. */
  const answerTarget = (instanceId: InstanceId, by?: SshSettings['auth']) => {
    const reach = reachOf(instanceId);
    if (reach === null) return null;
    const { accountId, host, port, user, auth, preferredKey, routing } = reach;
    const sessionId = randomUUID() as SessionId;
    const at = { accountId, instanceId, host, port, user, auth: by ?? auth, preferredKey, routing };
    const target = { ...at, kind: 'shell', sessionId } as const;
    return { target, expectsNewKey: newKeys.expectedUntilMs(reach) !== null };
  };

  return {
    ...terminals,
    stop: () => {
      network.setActive(false);
      terminals.stop();
    },
    attach: (sessionId, contents) => {
      const { port1, port2 } = new MessageChannelMain();
      if (!terminals.attach(sessionId, port1)) return false;
      contents.postMessage(sessionPortMessage, sessionId, [port2]);
      return true;
    },
    route: async (instanceId) => {
      const reach = reachOf(instanceId);
      if (reach === null) return null;
      const route = await routeOf(reach, surroundings);
      return 'sentence' in route
        ? { user: reach.user, target: null, problem: route.sentence }
        : { user: route.last.user, target: shownRoute(route).target, problem: null };
    },
    sshCommand: async (instanceId) => {
      const reach = reachOf(instanceId);
      if (reach === null) return null;
      const route = await routeOf(reach, surroundings);
      return 'sentence' in route
        ? fail({ kind: 'refused', message: route.sentence })
        : sshCommandOf(reach, route, surroundings);
    },
    reachOf,
    checkSignIn: (instanceId, by) => {
      const meant = answerTarget(instanceId, by?.auth);
      if (meant === null) return null;
      return terminals.request({ kind: 'check-sign-in', ...meant, passphrase: by?.passphrase ?? null });
    },
    changeKey: async (instanceId, change) => {
      const meant = answerTarget(instanceId);
      if (meant === null) return null;
      const place = await placeOf(instanceId, meant.target.user);
      const held =
        place === null ? null : (freshLogins.passwordFor(place) ?? (await secrets.read(place, 'password')));
      const passphrase = place === null ? null : await secrets.read(place, 'passphrase');
      const answer = await terminals.request({
        kind: 'change-key',
        ...meant,
        change: { ...change, password: change.password ?? held, passphrase },
      });
      // The one new key after a reinstall was looked at: the next is a stranger's.
      if (change.trustedFingerprint !== null && answer.ok && answer.value.kind !== 'host-key')
        newKeys.taken(meant.target);
      return answer;
    },
    keepPassphrase: async (instanceId, passphrase) => {
      const reach = reachOf(instanceId);
      const place = reach === null ? null : await placeOf(instanceId, reach.user);
      return place !== null && (await secrets.write(place, 'passphrase', passphrase));
    },
    expectNewHostKey: (instanceId) => {
      const reach = reachOf(instanceId);
      if (reach === null) return;
      newKeys.expect(reach);
      terminals.expectNewKey(instanceId);
    },
    forgetAccount: (accountId) => {
      newKeys.forgetAccount(accountId);
      terminals.accountGone(accountId);
    },
    allowFresh: (instanceId, user) => {
      placeOf(instanceId, user)
        .then((place) => place !== null && freshLogins.allow(place))
        .catch(options.report);
    },
    keepPassword: async (instanceId, user, password) => {
      const place = await placeOf(instanceId, user);
      return place !== null && (await secrets.write(place, 'password', password));
    },
  };
}
