import type { InstanceId } from '../../preload/contract/brands.ts';
import type { InstanceBuild, SshAnswer, SshProbe } from '../../preload/contract/create.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Clock } from '../clock/index.ts';
import { waitUntilReachable } from '../monitor/index.ts';
import { KeyedMutex } from '../tasks/index.ts';

export interface BuildsOptions {
  readonly clock: Clock;
  /** What is at an instance's SSH port. */
  readonly probe: (instance: Instance) => Promise<SshProbe>;
  readonly snapshot: () => Snapshot;
  readonly onChange: () => void;
  readonly onBug: (error: unknown) => void;
}

/** More than anybody follows at once. */
const maxFollowed = 20;

/** Follows instances that were created here until they answer on SSH, or did not for as long as they were tried. */
export class Builds {
  readonly #options: BuildsOptions;
  readonly #builds = new Map<InstanceId, InstanceBuild>();
  readonly #probes = new KeyedMutex<InstanceId>();
  #isStopped = false;

  constructor(options: BuildsOptions) {
    this.#options = options;
  }

  all(): readonly InstanceBuild[] {
    return [...this.#builds.values()];
  }

  /** Begins to follow an instance that was paid for. */
  begin(build: Omit<InstanceBuild, 'runningAtMs' | 'ssh'>): void {
    this.#builds.set(build.instanceId, { ...build, runningAtMs: null, ssh: { kind: 'waiting' } });
    for (const oldest of this.#builds.keys()) {
      if (this.#builds.size <= maxFollowed) break;
      this.#builds.delete(oldest);
    }
    this.saw();
  }

  /** The account's instances may be others now. */
  saw(): void {
    for (const build of this.#builds.values()) {
      if (build.ssh.kind !== 'waiting' || this.#running(build.instanceId) === null) continue;
      if (build.runningAtMs === null) this.#change(build, { runningAtMs: this.#options.clock.now() });
      this.#tryShell(build.instanceId);
    }
  }

  /** Tries SSH once more where it did not answer. */
  tryAgain(id: InstanceId): void {
    const build = this.#builds.get(id);
    if (build === undefined || build.ssh.kind === 'waiting' || build.ssh.kind === 'answers') return;
    this.#change(build, { ssh: { kind: 'waiting' } });
    this.saw();
  }

  stop(): void {
    this.#isStopped = true;
  }

  #tryShell(id: InstanceId): void {
    const { clock, probe, onBug } = this.#options;
    const runningNow = (): Instance | null => (this.#isStopped ? null : this.#running(id));
    const follow = async (): Promise<void> => {
      const end = await waitUntilReachable({ clock, probe, runningNow });
      const build = this.#builds.get(id);
      if (build === undefined || end.kind === 'off') return;
      const atMs = clock.now();
      const { found } = end;
      const ssh: SshAnswer =
        found.kind === 'answers' ? { ...found, kind: found.kind, atMs } : { kind: found.kind, atMs };
      this.#change(build, { ssh });
    };
    void this.#probes.tryRun(id, follow, onBug);
  }

  #running(id: InstanceId): Instance | null {
    const found = this.#options.snapshot().instances.find((instance) => instance.id === id);
    return found?.state.kind === 'running' ? found : null;
  }

  #change(build: InstanceBuild, patch: Partial<InstanceBuild>): void {
    this.#builds.set(build.instanceId, { ...build, ...patch });
    this.#options.onChange();
  }
}
