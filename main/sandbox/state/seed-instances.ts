import type { Variant } from '../options.ts';
import { alphanumeric, between, createRandom, pick, randomText } from '../random.ts';
import { dayMs, plans, type BillingCycle } from './catalog.ts';
import { newInstanceId } from './ids.ts';
import type { InstanceRecord } from './instances.ts';

interface NamedServer {
  readonly name: string;
  readonly plan: string;
  readonly ip: string | null;
  readonly status: string;
  /** From the day on which the sandbox starts. */
  readonly billedTillDays: number;
  readonly bootedDaysAgo?: number;
  readonly cycle?: BillingCycle;
  readonly project?: number;
  readonly os?: readonly [number, string];
  readonly endsWithCycle?: boolean;
  readonly ignoresShutdown?: boolean;
}

const ubuntu = [101, 'Ubuntu Server 24.04'] as const;
const debian = [112, 'Debian 12'] as const;
const windows = [131, 'Windows Server 2022'] as const;

/** The account that the app's pictures show: sixteen servers, every state among them. */
const namedServers: readonly NamedServer[] = [
  {
    name: 'api-prod-1',
    plan: 'scout-2',
    ip: '203.0.113.42',
    status: 'running',
    billedTillDays: 21,
    bootedDaysAgo: 3,
  },
  {
    name: 'api-prod-2',
    plan: 'scout-2',
    ip: '203.0.113.43',
    status: 'running',
    billedTillDays: 21,
    bootedDaysAgo: 12,
  },
  {
    name: 'broken-build',
    plan: 'scout-1',
    ip: '203.0.113.77',
    status: 'build_failed',
    billedTillDays: 39,
    project: 2,
  },
  {
    name: 'build-7',
    plan: 'scout-2',
    ip: null,
    status: 'provisioning',
    billedTillDays: 180,
    cycle: '6months',
    project: 2,
  },
  {
    name: 'billing-old',
    plan: 'scout-1',
    ip: '203.0.113.60',
    status: 'suspended',
    billedTillDays: -3,
    os: debian,
  },
  { name: 'staging', plan: 'scout-4', ip: '203.0.113.51', status: 'stopped', billedTillDays: 16, project: 2 },
  {
    name: 'db-primary',
    plan: 'ranger-2',
    ip: '203.0.113.45',
    status: 'running',
    billedTillDays: 30,
    bootedDaysAgo: 64,
    os: debian,
    ignoresShutdown: true,
  },
  {
    name: 'mail',
    plan: 'scout-1',
    ip: '203.0.113.48',
    status: 'running',
    billedTillDays: 27,
    bootedDaysAgo: 31,
    os: debian,
    endsWithCycle: true,
  },
  {
    name: 'ns1',
    plan: 'scout-1',
    ip: '203.0.113.49',
    status: 'running',
    billedTillDays: 27,
    bootedDaysAgo: 118,
    os: debian,
  },
  {
    name: 'ns2',
    plan: 'scout-1',
    ip: '198.51.100.49',
    status: 'running',
    billedTillDays: 28,
    bootedDaysAgo: 118,
    os: debian,
  },
  {
    name: 'shop-web',
    plan: 'scout-4',
    ip: '203.0.113.52',
    status: 'running',
    billedTillDays: 9,
    bootedDaysAgo: 6,
    project: 3,
  },
  {
    name: 'cache-1',
    plan: 'scout-2',
    ip: '203.0.113.53',
    status: 'running',
    billedTillDays: 14,
    bootedDaysAgo: 20,
    project: 3,
  },
  {
    name: 'metrics',
    plan: 'scout-2',
    ip: '203.0.113.54',
    status: 'running',
    billedTillDays: 18,
    bootedDaysAgo: 45,
  },
  {
    name: 'db-replica',
    plan: 'ranger-2',
    ip: '203.0.113.46',
    status: 'restarting',
    billedTillDays: 30,
    os: debian,
  },
  {
    name: 'legacy-ftp',
    plan: 'scout-1',
    ip: '203.0.113.61',
    status: 'quarantined',
    billedTillDays: 11,
    os: debian,
  },
  {
    name: 'win-rdp',
    plan: 'scout-4',
    ip: '203.0.113.70',
    status: 'stopped',
    billedTillDays: 25,
    project: 3,
    os: windows,
  },
];

const bulkNames = ['api', 'web', 'worker', 'db', 'cache', 'queue', 'edge', 'build', 'mail', 'log'] as const;
const bulkStatuses = ['running', 'running', 'running', 'running', 'running', 'running', 'stopped'] as const;

/** The servers of a fresh account: the sixteen named ones, then as many more as were asked for. */
export function seedInstances(options: {
  readonly count: number;
  readonly seed: number;
  readonly nowMs: number;
  readonly variant: Variant;
  readonly nextAddress: () => string;
}): readonly InstanceRecord[] {
  const random = createRandom(options.seed);
  const todayMs = Math.floor(options.nowMs / dayMs) * dayMs;

  const build = (server: NamedServer, isBulk: boolean): InstanceRecord => {
    const [osTemplateId, osName] = server.os ?? ubuntu;
    const billedTillMs = todayMs + server.billedTillDays * dayMs;
    const createdAtMs = todayMs - between(random, 130, 400) * dayMs;
    return {
      id: newInstanceId(random, createdAtMs, options.variant),
      name: server.name,
      hostname: `${server.name}.server.evorxa.net`,
      projectId: server.project ?? 1,
      packageId: plans.find(({ slug }) => slug === server.plan)?.packageId ?? 1,
      pendingPackageId: null,
      status: server.status,
      mainIp: server.ip,
      ipv6: server.ip === null || isBulk ? null : `2001:db8:1::${server.ip.split('.').at(-1) ?? '1'}`,
      osTemplateId,
      osName,
      billingCycle: server.cycle ?? 'monthly',
      billedTillMs,
      deletionAtMs: server.endsWithCycle ? billedTillMs : null,
      createdAtMs,
      bootedAtMs: server.bootedDaysAgo === undefined ? null : options.nowMs - server.bootedDaysAgo * dayMs,
      rootPassword: randomText(random, 16, alphanumeric),
      hostKeyGeneration: 0,
      ignoresShutdown: server.ignoresShutdown ?? false,
      isBulk,
    };
  };

  const named = namedServers.slice(0, options.count).map((server) => build(server, false));
  const bulk = Array.from({ length: Math.max(0, options.count - named.length) }, (_, index) => {
    const status = pick(random, bulkStatuses);
    return build(
      {
        name: `${pick(random, bulkNames)}-${String(index + 1).padStart(4, '0')}`,
        plan: pick(random, plans).slug,
        ip: options.nextAddress(),
        status,
        billedTillDays: between(random, 31, 60),
        project: between(random, 1, 3),
        ...(status === 'running' ? { bootedDaysAgo: between(random, 1, 90) } : {}),
      },
      true,
    );
  });
  return [...named, ...bulk];
}

/** Addresses that the named servers have: the pool must not hand them out again. */
export const namedAddresses: readonly string[] = namedServers.flatMap(({ ip }) => (ip === null ? [] : [ip]));
