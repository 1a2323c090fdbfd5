import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import {
  portForwardName,
  type PortConnection,
  type PortForwardId,
  type PortForwards,
  type PortForwardSettings,
} from '../../preload/contract/port-forwards.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { WallClock } from '../clock/index.ts';
import { gone } from '../instances/index.ts';
import type { AccountFiles } from '../storage/index.ts';
import type { AppTerminals, ForwardReport } from '../terminal/index.ts';
import { createForwardStore, type KeptForward } from './forward-store.ts';
import { Link, noTraffic } from './link.ts';
import { isSamePort } from './same-port.ts';

/** What port forwards take. */
export interface PortForwardsParts {
  readonly files: AccountFiles;
  readonly clock: WallClock;
  readonly newId: () => string;
  readonly terminals: Pick<AppTerminals, 'openForwards' | 'orderForwards' | 'close'>;
  /** Whose an instance is; null where no account has it. */
  readonly find: (instanceId: InstanceId) => { readonly accountId: AccountId; readonly name: string } | null;
  readonly accountIds: () => readonly AccountId[];
  readonly onChange: (accountId: AccountId, all: PortForwards) => void;
}

const notThere = fail({
  kind: 'refused',
  message: 'This port forward no longer exists. Add it again.',
} as const);

/** The port forwards of all accounts: what is kept of them, and what runs. */
export class AppPortForwards {
  readonly #parts: PortForwardsParts;
  readonly #store: ReturnType<typeof createForwardStore>;
  readonly #links = new Map<InstanceId, { readonly accountId: AccountId; readonly link: Link }>();
  /** Switched on in this run, as the app was started; nobody wants that twice. */
  readonly #started = new Set<PortForwardId>();
  /** The instances that an account had when it was last told of them. */
  readonly #instances = new Map<AccountId, readonly ListedInstance[]>();

  constructor(parts: PortForwardsParts) {
    this.#parts = parts;
    this.#store = createForwardStore(parts.files);
  }

  /** All of an account, as they are set and as they stand. */
  of(accountId: AccountId): PortForwards {
    return {
      forwards: this.#store.of(accountId).map(({ id, instanceId, settings }) => ({
        ...settings,
        id,
        instanceId,
        ...(this.#links.get(instanceId)?.link.stateOf(id) ?? {
          state: { phase: 'off', problem: null },
          traffic: noTraffic,
        }),
      })),
      connections: [...this.#links.values()].flatMap(({ accountId: owner, link }) =>
        owner === accountId && link.connection !== null ? [link.connection] : [],
      ),
    };
  }

  add(instanceId: InstanceId, settings: PortForwardSettings): Result<{ readonly id: PortForwardId }> {
    const owner = this.#parts.find(instanceId);
    if (owner === null) return fail(gone);
    const conflict = this.#conflict(owner.accountId, { id: null, instanceId, settings });
    if (conflict !== null) return conflict;
    const id = this.#parts.newId() as PortForwardId;
    const { accountId } = owner;
    // Whoever adds one now does not ask for it to be switched on by this run's start.
    this.#started.add(id);
    this.#store.set(accountId, [...this.#store.of(accountId), { id, instanceId, settings }]);
    this.#changed(accountId);
    return ok({ id });
  }

  change(id: PortForwardId, settings: PortForwardSettings): Result<undefined> {
    const found = this.#find(id);
    if (found === null) return notThere;
    const { accountId, forward } = found;
    const conflict = this.#conflict(accountId, { ...forward, settings });
    if (conflict !== null) return conflict;
    this.#started.add(id);
    const changed = { ...forward, settings };
    this.#store.set(
      accountId,
      this.#store.of(accountId).map((each) => (each.id === id ? changed : each)),
    );
    const link = this.#links.get(forward.instanceId)?.link;
    if (link?.held.has(id) === true) this.#switchOn(accountId, changed);
    else link?.switchOff(id);
    this.#changed(accountId);
    return ok(undefined);
  }

  remove(id: PortForwardId): Result<undefined> {
    const found = this.#find(id);
    if (found === null) return notThere;
    const { accountId, forward } = found;
    this.#links.get(forward.instanceId)?.link.switchOff(id);
    this.#store.set(
      accountId,
      this.#store.of(accountId).filter((each) => each.id !== id),
    );
    this.#changed(accountId);
    return ok(undefined);
  }

  switch(id: PortForwardId, isOn: boolean): Result<undefined> {
    const found = this.#find(id);
    if (found === null) return notThere;
    if (isOn) this.#switchOn(found.accountId, found.forward);
    else this.#links.get(found.forward.instanceId)?.link.switchOff(id);
    return ok(undefined);
  }

  /** Tries the lost connection of an instance again now. */
  retry(instanceId: InstanceId): void {
    this.#links.get(instanceId)?.link.retryNow();
  }

  /** The machine woke, or its network is back. */
  retryAll(): void {
    for (const { link } of this.#links.values()) link.retryNow();
  }

  connectionChanged(connection: PortConnection): void {
    this.#links.get(connection.instanceId)?.link.connectionChanged(connection);
  }

  reported(sessionId: SessionId, reports: readonly ForwardReport[]): void {
    for (const { link } of this.#links.values()) link.reported(sessionId, reports);
  }

  /** An account's instances, as the API lists them now: starts what is to start with the app, and ends what is gone. */
  instancesChanged(accountId: AccountId, instances: readonly ListedInstance[]): void {
    const listedBefore = this.#instances.get(accountId) ?? [];
    this.#instances.set(accountId, instances);
    const all = this.#store.of(accountId);
    // This is told with each poll, and most accounts have none.
    if (all.length === 0) return;
    const [before, now] = [idsOf(listedBefore), idsOf(instances)];
    const left = all.filter(({ instanceId }) => now.has(instanceId) || !before.has(instanceId));
    if (left.length < all.length) {
      for (const { instanceId } of all) if (!now.has(instanceId)) this.#end(instanceId);
      this.#store.set(accountId, left);
      this.#changed(accountId);
    }
    for (const forward of left)
      if (
        forward.settings.startsWithApp &&
        !this.#started.has(forward.id) &&
        instances.some(({ id, mainIp }) => id === forward.instanceId && mainIp !== null)
      )
        this.#switchOn(accountId, forward);
  }

  /** The account was signed out. */
  forgetAccount(accountId: AccountId): void {
    for (const [instanceId, { accountId: owner }] of this.#links)
      if (owner === accountId) this.#end(instanceId);
    this.#instances.delete(accountId);
    this.#store.forgetAccount(accountId);
  }

  /** The local address of one that is on, for a browser; null where there is none. */
  addressOf(id: PortForwardId): { readonly host: string; readonly port: number } | null {
    const found = this.#find(id);
    if (found === null || found.forward.settings.kind !== 'local') return null;
    const state = this.#links.get(found.forward.instanceId)?.link.stateOf(id).state;
    if (state?.phase !== 'on') return null;
    const { bindAddress } = found.forward.settings;
    const own: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
    return { host: own[bindAddress] ?? bindAddress, port: state.port };
  }

  /** Closes every port. */
  stop(): void {
    for (const instanceId of [...this.#links.keys()]) this.#end(instanceId);
  }

  #find(id: PortForwardId): { readonly accountId: AccountId; readonly forward: KeptForward } | null {
    for (const accountId of this.#parts.accountIds()) {
      const forward = this.#store.of(accountId).find((each) => each.id === id);
      if (forward !== undefined) return { accountId, forward };
    }
    return null;
  }

  #conflict(
    accountId: AccountId,
    { id, instanceId, settings }: Pick<KeptForward, 'instanceId' | 'settings'> & { id: string | null },
  ) {
    const other = this.#store
      .of(accountId)
      .find(
        (each) => each.id !== id && each.instanceId === instanceId && isSamePort(each.settings, settings),
      );
    if (other === undefined) return null;
    return fail({
      kind: 'refused',
      message: `“${portForwardName(other.settings)}” has port ${settings.port} already. Choose another port, or 0 for any free one.`,
    } as const);
  }

  #switchOn(accountId: AccountId, { id, instanceId, settings }: KeptForward): void {
    this.#started.add(id);
    const { link } = this.#linkOf(accountId, instanceId);
    const inTheWay = this.#whoHas(id, settings);
    if (inTheWay === null) link.switchOn(id, settings);
    else link.switchOff(id, inTheWay);
  }

  /** Why a port of this computer cannot be opened: another port forward has it, of whatever instance. */
  #whoHas(id: PortForwardId, settings: PortForwardSettings): string | null {
    if (settings.kind === 'remote') return null;
    for (const [instanceId, { link }] of this.#links)
      for (const [otherId, other] of link.held) {
        const { state } = other;
        const listening = state.phase === 'on' ? { ...other.settings, port: state.port } : other.settings;
        if (otherId === id || other.settings.kind === 'remote' || !isSamePort(listening, settings)) continue;
        const whose = this.#parts.find(instanceId)?.name ?? 'another instance';
        return `The port forward “${portForwardName(other.settings)}” of ${whose} has port ${settings.port} now. Switch that one off, or choose another port.`;
      }
    return null;
  }

  #linkOf(accountId: AccountId, instanceId: InstanceId): { readonly link: Link } {
    const known = this.#links.get(instanceId);
    if (known !== undefined) return known;
    const { clock, terminals } = this.#parts;
    const link = new Link({
      clock,
      open: (orders) => terminals.openForwards(instanceId, orders),
      order: (sessionId, orders) => terminals.orderForwards(sessionId, orders),
      close: (sessionId) => terminals.close(sessionId),
      changed: () => this.#changed(accountId),
    });
    const made = { accountId, link };
    this.#links.set(instanceId, made);
    return made;
  }

  #end(instanceId: InstanceId): void {
    this.#links.get(instanceId)?.link.stop();
    this.#links.delete(instanceId);
  }

  #changed(accountId: AccountId): void {
    this.#parts.onChange(accountId, this.of(accountId));
  }
}

/** An instance as a list has it. */
interface ListedInstance {
  readonly id: InstanceId;
  readonly mainIp: string | null;
}

function idsOf(instances: readonly ListedInstance[]): ReadonlySet<InstanceId> {
  return new Set(instances.map(({ id }) => id));
}
