import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import { isAddress } from '../../preload/contract/host.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';

/** Rises when what is kept becomes another: an older cache is dropped, it is only a cache. */
const version = 4;

/** Instances that are kept: enough for the first screens of any list. */
const maxInstances = 1_000;
/** A text from the API that is longer is no name worth keeping. */
const maxChars = 4_000_000;

const nullableText = z.nullable(z.string());
const nullableNumber = z.nullable(z.number());
const choice = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), reason: z.string() }),
]);

const instance = z.object({
  id: z.string().check(z.minLength(1)),
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
  projectId: nullableText,
  osName: nullableText,
  billedTillMs: nullableNumber,
  monthlyCents: nullableNumber,
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
  balanceCents: z.nullable(z.int()),
  balanceCheckedAtMs: nullableNumber,
  missingAbilities: z.array(z.string()),
});

/** What of a snapshot is kept for the next start, as text. Of a long list the first instances only. */
export function toCache(snapshot: Snapshot): string {
  const kept = {
    version,
    accountId: snapshot.accountId,
    instancesCheckedAtMs: snapshot.instancesFreshness.checkedAtMs,
    balanceCents: snapshot.balanceCents,
    balanceCheckedAtMs: snapshot.walletFreshness.checkedAtMs,
    missingAbilities: snapshot.missingAbilities,
  };
  const text = JSON.stringify({ ...kept, instances: snapshot.instances.slice(0, maxInstances) });
  return text.length <= maxChars ? text : JSON.stringify({ ...kept, instances: [] });
}

/** The snapshot that `toCache` kept; null where the text is not that, or is another account's. Never throws. */
export function fromCache(text: string, accountId: AccountId): Snapshot | null {
  const read = cacheSchema.safeParse(parsed(text));
  if (!read.success || read.data.accountId !== accountId) return null;
  const { instances, instancesCheckedAtMs, balanceCents, balanceCheckedAtMs, missingAbilities } = read.data;
  return {
    accountId,
    revision: 0,
    connection: 'starting',
    // Ids and cents get their names back here: the schema knows only what they are made of.
    instances: instances as unknown as Snapshot['instances'],
    instancesFreshness: { checkedAtMs: instancesCheckedAtMs, error: null },
    balanceCents: balanceCents as Snapshot['balanceCents'],
    walletFreshness: { checkedAtMs: balanceCheckedAtMs, error: null },
    // Made anew from what is asked first: an estimate of yesterday would mislead.
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
