import type { PowerAction } from '../../../preload/contract/instance.ts';
import { alphanumeric, randomText, type Random } from '../random.ts';
import type { SandboxClock } from '../clock.ts';
import type { AddressPool } from './addresses.ts';
import type { InstancePatch, InstanceRecord, InstanceStore } from './instances.ts';

/** How long a server takes, in milliseconds; the sandbox's speed divides them. */
const durationsMs = {
  provision: 20_000,
  boot: 8_000,
  restart: 8_000,
  shutdown: 6_000,
  powerOff: 1_000,
  /** After this a server that ignores a shutdown is reported as running again. */
  ignoredShutdown: 30_000,
} as const;

/** Why a power action cannot be taken now. */
export type PowerRefusal = { readonly status: 403 | 422; readonly message: string };

const notPowered: Readonly<Record<string, PowerRefusal>> = {
  suspended: { status: 403, message: 'This instance is suspended.' },
  provisioning: { status: 422, message: 'This instance is still being provisioned.' },
  build_failed: { status: 422, message: 'The build of this instance failed. Reinstall it first.' },
};

/** Moves servers through their states on the sandbox's clock. A newer action replaces the one under way. */
export class Lifecycle {
  readonly #clock: SandboxClock;
  readonly #instances: InstanceStore;
  readonly #addresses: AddressPool;
  readonly #random: Random;
  readonly #underWay = new Map<string, () => void>();

  constructor(clock: SandboxClock, instances: InstanceStore, addresses: AddressPool, random: Random) {
    this.#clock = clock;
    this.#instances = instances;
    this.#addresses = addresses;
    this.#random = random;
  }

  /** A new root password, as a build or a reset gives one. */
  newPassword(): string {
    return randomText(this.#random, 16, alphanumeric);
  }

  /** Dispatches an action, or says why not. */
  power(record: InstanceRecord, action: PowerAction): PowerRefusal | null {
    const refusal = notPowered[record.status];
    if (refusal) return refusal;
    switch (action) {
      case 'boot':
        if (record.status !== 'running') this.boot(record.id);
        return null;
      case 'shutdown':
        if (record.status !== 'stopped') this.#shutdown(record);
        return null;
      case 'restart':
        this.restart(record.id);
        return null;
      case 'poweroff':
        if (record.status !== 'stopped') this.#stopIn(record.id, durationsMs.powerOff);
        return null;
    }
  }

  boot(id: string): void {
    this.#move(id, { status: 'booting' }, durationsMs.boot, () => this.#runningPatch(id));
  }

  restart(id: string, delayMs: number = durationsMs.restart): void {
    this.#move(id, { status: 'restarting', bootedAtMs: null }, delayMs, () => this.#runningPatch(id));
  }

  /**
   * Gives it another plan: at once when it is off, otherwise by a restart, now or some time. True when that
   * restart is left to the user.
   */
  resize(id: string, packageId: number, reboot: boolean): boolean {
    if (this.#instances.get(id)?.bootedAtMs === null) {
      this.#instances.update(id, { packageId, pendingPackageId: null });
      return false;
    }
    this.#instances.update(id, { pendingPackageId: packageId });
    if (reboot) this.restart(id);
    return !reboot;
  }

  /** Builds the system: the address and the password come with it. */
  provision(id: string, delayMs: number = durationsMs.provision): void {
    this.#move(id, { status: 'provisioning', bootedAtMs: null }, delayMs, () => ({
      ...this.#runningPatch(id),
      mainIp: this.#instances.get(id)?.mainIp ?? this.#addresses.nextV4(),
      ipv6: this.#instances.get(id)?.ipv6 ?? this.#addresses.nextV6(),
    }));
  }

  /** Sets what the control channel or the billing says; a new status drops the transition under way. */
  force(id: string, patch: InstancePatch): InstanceRecord | undefined {
    if (patch.status === undefined) return this.#instances.update(id, patch);
    this.#cancel(id);
    const base = patch.status === 'running' ? this.#runningPatch(id) : { bootedAtMs: null };
    return this.#instances.update(id, { ...base, ...patch });
  }

  remove(id: string): void {
    this.#cancel(id);
    this.#instances.remove(id);
  }

  #shutdown(record: InstanceRecord): void {
    if (!record.ignoresShutdown) {
      this.#stopIn(record.id, durationsMs.shutdown);
      return;
    }
    const { bootedAtMs } = record;
    this.#move(record.id, { status: 'shutting_down' }, durationsMs.ignoredShutdown, () => ({
      status: 'running',
      bootedAtMs,
    }));
  }

  #stopIn(id: string, delayMs: number): void {
    this.#move(id, { status: 'shutting_down' }, delayMs, () => ({ status: 'stopped', bootedAtMs: null }));
  }

  #runningPatch(id: string): InstancePatch {
    const pending = this.#instances.get(id)?.pendingPackageId ?? null;
    return {
      status: 'running',
      bootedAtMs: this.#clock.now(),
      ...(pending === null ? {} : { packageId: pending, pendingPackageId: null }),
    };
  }

  #move(id: string, now: InstancePatch, delayMs: number, later: () => InstancePatch): void {
    this.#cancel(id);
    this.#instances.update(id, now);
    this.#underWay.set(
      id,
      this.#clock.after(delayMs, () => {
        this.#underWay.delete(id);
        this.#instances.update(id, later());
      }),
    );
  }

  #cancel(id: string): void {
    this.#underWay.get(id)?.();
    this.#underWay.delete(id);
  }
}

/** The hypervisor has switched it on, and its system is on the way. */
export function isBooting(status: string): boolean {
  return status === 'booting' || status === 'restarting';
}
