import type { Client } from 'ssh2';
import type { Clock } from '../../clock/index.ts';
import type { ConnectionUse, UseHooks } from './connection-use.ts';
import { Keepalive, type KeepaliveLimits } from './keepalive.ts';
import { askSignOfLife } from './sign-of-life.ts';

/** A connection to a jump host: others go through it, and nothing runs there that would show whether it is alive. */
export class JumpHostUse implements ConnectionUse {
  readonly exit = null;
  readonly #hooks: UseHooks;
  readonly #keepalive: Keepalive;

  constructor(client: Client, clock: Clock, limits: KeepaliveLimits, hooks: UseHooks) {
    this.#hooks = hooks;
    this.#keepalive = new Keepalive(clock, limits, {
      ask: (answered) => askSignOfLife(client, answered, hooks.closed),
      onLatency: () => undefined,
      onDead: hooks.dead,
      // The server behind it is asked too.
      onDoubt: () => undefined,
    });
  }

  get isSilent(): boolean {
    return this.#keepalive.isSilent;
  }

  open(): void {
    this.#hooks.opened();
  }

  heard(): void {
    this.#keepalive.sign();
  }

  probe(): void {
    this.#keepalive.probe();
  }

  stop(): void {
    this.#keepalive.stop();
  }
}
