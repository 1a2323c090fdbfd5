import { SandboxClock } from '../clock.ts';
import type { SandboxOptions, Variant } from '../options.ts';
import { createRandom, type Random } from '../random.ts';
import { Agent } from './agent.ts';
import { AddressPool } from './addresses.ts';
import { Billing } from './billing.ts';
import { dayMs } from './catalog.ts';
import { InstanceStore } from './instances.ts';
import { KeyStore } from './keys.ts';
import { Lifecycle } from './lifecycle.ts';
import { Metrics } from './metrics.ts';
import { namedAddresses, seedInstances } from './seed-instances.ts';
import { seedLedger } from './seed-ledger.ts';
import { seedShield, Shield, unattachedAddress } from './shield.ts';
import { TokenStore } from './tokens.ts';
import { Traffic } from './traffic.ts';
import { VncAccess } from './vnc-access.ts';
import { seedWaf, Waf } from './waf.ts';
import { Wallet } from './wallet.ts';

/** The tokens that the sandbox starts with. */
export interface DemoTokens {
  /** All abilities. */
  readonly full: string;
  /** Every `…:read`, and nothing that changes anything. */
  readonly readOnly: string;
  /** Servers and metrics only: no wallet, agent, Shield or WAF. */
  readonly scoped: string;
}

/** One account with everything it owns, and the clock that it lives on. */
export interface World {
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly variant: Variant;
  readonly user: { readonly id: number; readonly name: string; readonly email: string };
  readonly projects: readonly { readonly id: number; readonly name: string; readonly type: string }[];
  readonly demoTokens: DemoTokens;
  readonly tokens: TokenStore;
  readonly wallet: Wallet;
  readonly instances: InstanceStore;
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
  readonly keys: KeyStore;
  readonly agent: Agent;
  readonly shield: Shield;
  readonly traffic: Traffic;
  readonly waf: Waf;
  readonly vncAccess: VncAccess;
}

/** Keys of nobody: their private halves were never kept. */
const demoKeys = [
  [
    'jane@laptop',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh jane@laptop',
  ],
  [
    'jane@desktop',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGRSH78JM+dcjS3CXb8JtNYTvurLPri0MfLu1GWAuLTU jane@desktop',
  ],
  ['deploy@ci', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIC4Ni00RAZ+uZX3v5eHncT4T661CdAn3sGQUwy6BFBpk deploy@ci'],
] as const;

/** Builds the account as it is at the start. */
export function createWorld(options: SandboxOptions): World {
  const seed = options.seed ?? 1;
  const variant = options.variant ?? 'bare';
  const clock = new SandboxClock({
    now: options.now ?? clockFrom(options.startMs),
    speed: options.speed ?? 1,
  });
  const now = (): number => clock.now();
  const nowMs = now();
  const random = createRandom(seed ^ 0x70ce);

  const addresses = new AddressPool([...namedAddresses, unattachedAddress]);
  const instances = new InstanceStore();
  const lifecycle = new Lifecycle(clock, instances, addresses, random);
  const wallet = new Wallet(now);
  const seeded = seedInstances({
    count: options.instances ?? 16,
    seed,
    nowMs,
    variant,
    nextAddress: () => addresses.nextV4(),
  });
  seedLedger(wallet, seeded, seed, nowMs);
  new Billing(clock, instances, lifecycle, wallet).start();
  for (const record of seeded) instances.add(record);

  const tokens = new TokenStore(random, now);
  const mint = (name: string, abilities: readonly string[], daysAgo: number): string =>
    tokens.mint(name, abilities, nowMs - daysAgo * dayMs).secret;
  const demoTokens: DemoTokens = {
    full: mint('Desktop', ['*'], 40),
    readOnly: mint(
      'Read only',
      ['instances:read', 'analytics:read', 'agent:read', 'shield:read', 'waf:read', 'wallet:read'],
      30,
    ),
    scoped: mint('CI deployer', ['instances:read', 'instances:write', 'analytics:read'], 20),
  };

  const keys = new KeyStore(now);
  demoKeys.forEach(([name, line], index) => keys.add(name, line, nowMs - (90 - index * 30) * dayMs));

  const shield = new Shield();
  shield.follow(instances);
  // An account without servers has no addresses either.
  if (seeded.length > 0) seedShield(shield);
  const waf = new Waf(clock);
  seedWaf(waf, nowMs - 60 * dayMs);

  return {
    clock,
    random,
    variant,
    user: { id: 42, name: 'Jane Operator', email: 'jane@example.com' },
    projects: [
      { id: 1, name: 'default', type: 'personal' },
      { id: 2, name: 'build', type: 'personal' },
      { id: 3, name: 'shop', type: 'team' },
    ],
    demoTokens,
    tokens,
    wallet,
    instances,
    lifecycle,
    metrics: new Metrics(nowMs),
    keys,
    agent: seededAgent(clock, instances, nowMs),
    shield,
    traffic: new Traffic(nowMs),
    waf,
    vncAccess: new VncAccess(createRandom(seed ^ 0x5ec7), now),
  };
}

function seededAgent(clock: SandboxClock, instances: InstanceStore, nowMs: number): Agent {
  const agent = new Agent(clock);
  const [first] = instances.all();
  if (first) {
    agent.seed(first.id, 'Harden sshd', nowMs - 26 * dayMs, 23);
    agent.seed(first.id, 'Set up a swap file', nowMs - 21 * dayMs, 8);
    agent.seed(first.id, 'Rotate nginx logs', nowMs - 12 * dayMs, 11);
  }
  return agent;
}

/** A clock that says `startMs` now and goes on from there, by a clock that never jumps. */
function clockFrom(startMs: number | undefined): () => number {
  if (startMs === undefined) return Date.now;
  const beganMs = performance.now();
  return () => startMs + Math.floor(performance.now() - beganMs);
}
