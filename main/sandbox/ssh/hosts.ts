import type { SandboxConnection } from '../protocol.ts';
import type { InstanceRecord } from '../state/instances.ts';
import type { World } from '../state/world.ts';
import { SshHost } from './host.ts';

/** So many that the user can make some more, so few that 10,000 servers open no 10,000 ports. */
const mostHosts = 32;

/** The SSH of all servers that have one. */
export class SshHosts {
  readonly #world: World;
  readonly #hosts = new Map<string, SshHost>();
  /** Hosts that are about to be there, by server. */
  readonly #starting = new Map<string, Promise<void>>();
  readonly #unsubscribe: () => void;

  private constructor(world: World) {
    this.#world = world;
    this.#unsubscribe = world.instances.onChange((id, record) => this.#changed(id, record));
  }

  /** Resolves when every running server answers. */
  static async start(world: World): Promise<SshHosts> {
    const hosts = new SshHosts(world);
    await Promise.all(world.instances.all().map((record) => hosts.#add(record)));
    return hosts;
  }

  /** How each server is reached while it runs, in the order of the servers. */
  connections(): readonly SandboxConnection[] {
    return this.#world.instances.all().flatMap(({ id, rootPassword }) => {
      const host = this.#hosts.get(id);
      return host
        ? [{ instanceId: id, host: '127.0.0.1', port: host.port, user: 'root', password: rootPassword }]
        : [];
    });
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await Promise.all(this.#starting.values());
    await Promise.all([...this.#hosts.values()].map((host) => host.follow(undefined)));
  }

  #changed(id: string, record: InstanceRecord | undefined): void {
    const host = this.#hosts.get(id);
    if (host) void host.follow(record);
    else if (record) void this.#add(record);
    if (!record) this.#hosts.delete(id);
  }

  #add(record: InstanceRecord): Promise<void> {
    const { id } = record;
    const isEligible = !record.isBulk && !record.osName.startsWith('Windows');
    if (!isEligible || this.#starting.has(id) || this.#hosts.size + this.#starting.size >= mostHosts) {
      return this.#starting.get(id) ?? Promise.resolve();
    }
    const starting = SshHost.start(record, this.#world).then(async (host) => {
      this.#starting.delete(id);
      const now = this.#world.instances.get(id);
      if (now) this.#hosts.set(id, host);
      // What changed while the port opened.
      await host.follow(now);
    });
    this.#starting.set(id, starting);
    return starting;
  }
}
