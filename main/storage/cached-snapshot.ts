import { setImmediate } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { AccountId, Cents, InstanceId, ProjectId } from '../../preload/contract/brands.ts';
import { isAddress } from '../../preload/contract/host.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';

/** Rises when what is kept becomes another: an older cache is dropped, it is only a cache. */
const version = 4;

/** Instances that are kept: enough for the first screens of any list. */
const maxInstances = 1_000;
/** A text from the API that is longer is no name worth keeping. */
const maxChars = 4_000_000;

/** A text or a number with a name of its own: what it is made of is checked, the name is given. */
const named = <T extends string>(): z.ZodMiniType<T> =>
  z.string().check(z.minLength(1)) as unknown as z.ZodMiniType<T>;
const cents = z.int() as unknown as z.ZodMiniType<Cents>;
const nullableText = z.nullable(z.string());
const nullableNumber = z.nullable(z.number());
const choice = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), reason: z.string() }),
]);

const instance = z.object({
  id: named<InstanceId>(),
  name: z.string(),
  hostname: nullableText,
  status: z.string(),
  state: z.object({
    kind: z.enum(['running', 'stopped', 'transition', 'suspended', 'failed', 'deletion', 'unknown']),
    word: z.string(),
    detail: nullableText,
    sinceMs: nullableNumber,
  }),
  planSlug: nullableText,
  planName: nullableText,
  vcpu: nullableNumber,
  ramGb: nullableNumber,
  storageGb: nullableNumber,
  mainIp: z.nullable(z.string().check(z.refine(isAddress))),
  addresses: z.array(z.string()),
  projectId: z.nullable(named<ProjectId>()),
  osName: nullableText,
  billedTillMs: nullableNumber,
  monthlyCents: z.nullable(z.number() as unknown as z.ZodMiniType<Cents>),
  power: z.object({ boot: choice, shutdown: choice, restart: choice, poweroff: choice }),
  lifecycle: z.object({
    upgrade: choice,
    reinstall: choice,
    'reset-password': choice,
    delete: choice,
    'cancel-deletion': choice,
    reactivate: choice,
  }),
  isShutdownIgnored: z.boolean(),
  isRebootPending: z.boolean(),
});

const cacheSchema = z.object({
  version: z.literal(version),
  accountId: z.string(),
  instances: z.array(instance),
  instancesCheckedAtMs: nullableNumber,
  balanceCents: z.nullable(cents),
  balanceCheckedAtMs: nullableNumber,
  missingAbilities: z.array(z.string()),
});

/** Rows that are put into words in one piece, so that a long list does not hold up the thread. */
const rowsInPiece = 50;

/** What of a snapshot is kept for the next start, as text. Of a long list the first instances only. */
export async function toCache(snapshot: Snapshot): Promise<string> {
  const head = JSON.stringify({
    version,
    accountId: snapshot.accountId,
    instancesCheckedAtMs: snapshot.instancesFreshness.checkedAtMs,
    balanceCents: snapshot.balanceCents,
    balanceCheckedAtMs: snapshot.walletFreshness.checkedAtMs,
    missingAbilities: snapshot.missingAbilities,
  });
  const rows = snapshot.instances.slice(0, maxInstances);
  const pieces: string[] = [];
  let charsLeft = maxChars - head.length;
  for (let from = 0; from < rows.length; from += rowsInPiece) {
    if (from > 0) await setImmediate();
    const piece = rows.slice(from, from + rowsInPiece).map((row) => JSON.stringify(row));
    pieces.push(...piece);
    for (const { length } of piece) charsLeft -= length + 1;
    if (charsLeft < 0) break;
  }
  return `${head.slice(0, -1)},"instances":[${charsLeft < 0 ? '' : pieces.join(',')}]}`;
}

/** A snapshot as the next run is given it. */
export function asOfLastRun(snapshot: Snapshot): Snapshot {
  const { instancesFreshness, walletFreshness } = snapshot;
  return {
    ...snapshot,
    revision: 0,
    apiStatus: 'starting',
    instances: snapshot.instances.slice(0, maxInstances),
    instancesFreshness: { checkedAtMs: instancesFreshness.checkedAtMs, error: null },
    walletFreshness: { checkedAtMs: walletFreshness.checkedAtMs, error: null },
    // Made again from what is asked first: an estimate of yesterday would mislead.
    runway: null,
    instancesGaps: null,
  };
}

/** The snapshot that `toCache` kept; null where the text is not that, or is another account's. Never throws. */
export function fromCache(text: string, accountId: AccountId): Snapshot | null {
  const read = cacheSchema.safeParse(parsed(text));
  if (!read.success || read.data.accountId !== accountId) return null;
  const { instances, instancesCheckedAtMs, balanceCents, balanceCheckedAtMs, missingAbilities } = read.data;
  return {
    accountId,
    revision: 0,
    apiStatus: 'starting',
    instances,
    instancesFreshness: { checkedAtMs: instancesCheckedAtMs, error: null },
    balanceCents,
    walletFreshness: { checkedAtMs: balanceCheckedAtMs, error: null },
    runway: null,
    missingAbilities,
    instancesGaps: null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
