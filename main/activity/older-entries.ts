import * as z from 'zod/mini';
import { activityKinds, type Activity, type ActivityKind } from '../../preload/contract/activity.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import type { JsonStore } from '../storage/index.ts';

const olderSchema = z.object({
  key: z.string(),
  kind: z.enum(activityKinds),
  instanceId: z.nullable(instanceId),
  subject: z.nullable(z.string()),
  outcome: z.enum(['done', 'failed', 'unknown']),
  detail: z.nullable(z.string()),
  atMs: z.number(),
});

/** An entry of the version that knew no actors, as it is kept now. */
export const olderActivity = z.pipe(
  olderSchema,
  z.transform(({ subject: name, outcome, ...same }): Activity => ({
    ...same,
    actor: 'person',
    name,
    outcome: outcome === 'failed' ? 'refused' : outcome,
  })),
);

/** What a notice of something done here was about, by its key, and what followed the instance's name in its title. */
const doneKinds: Readonly<Record<string, readonly [kind: ActivityKind, title: string]>> = {
  upgrade: ['upgraded', 'upgrade started'],
  reactivate: ['reactivated', 'reactivated'],
  'delete-now': ['deleted', 'deleted'],
  'delete-at-end': ['deletion-scheduled', 'deletion scheduled'],
  reinstall: ['reinstalled', 'reinstall started'],
  'reset-password': ['password-reset', 'password reset'],
  'cancel-deletion': ['deletion-canceled', 'deletion canceled'],
};

const doneNoticeSchema = z.object({
  key: z.string(),
  kind: z.literal('done'),
  title: z.string(),
  body: z.string(),
  instanceId: z.nullable(instanceId),
  atMs: z.number(),
});

/** `account/instance/done/action/time`, with an instance's id of any form. */
const doneKey = /^([^/]+)\/.*\/done\/([a-z-]+)\/[^/]*$/;

/** What was done as the notice says it, and in which account; null for any other notice. */
function readDoneNotice(stored: unknown): { readonly accountId: string; readonly entry: Activity } | null {
  const parsed = z.safeParse(doneNoticeSchema, stored);
  if (!parsed.success) return null;
  const { key, title, body, instanceId: id, atMs } = parsed.data;
  const [, accountId, action] = doneKey.exec(key) ?? [];
  const found = action === undefined ? undefined : doneKinds[action];
  if (accountId === undefined || found === undefined) return null;
  const [kind, words] = found;
  const name = title.endsWith(`: ${words}`) ? title.slice(0, -words.length - 2) : title;
  const detail = body === '' ? null : body;
  return {
    accountId,
    entry: { key, actor: 'person', kind, instanceId: id, name, outcome: 'done', detail, atMs },
  };
}

const byAccountSchema = z.record(z.string(), z.unknown());
const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/**
 * What was done to instances was kept among the notices: it becomes part of the activity, in the order of time. Both are
 * still in the one file that held everything, from which the account files are made afterwards.
 */
export function moveDoneNotices(store: JsonStore): void {
  const stored = store.get('notices');
  // There was one list for all accounts, before there was one for each.
  const lists = Array.isArray(stored) ? { '': stored as unknown[] } : byAccountOf(stored);
  const moved = Object.values(lists).flatMap((rows) =>
    rowsOf(rows).flatMap((row) => readDoneNotice(row) ?? []),
  );
  if (moved.length === 0) return;

  const activity: Record<string, unknown> = { ...byAccountOf(store.get('activity')) };
  for (const accountId of new Set(moved.map((each) => each.accountId))) {
    const own = moved.filter((each) => each.accountId === accountId).map(({ entry }) => entry);
    // A run that ended between the two writes has moved them already.
    const before = rowsOf(activity[accountId]).filter((row) => !own.some(({ key }) => key === keyOf(row)));
    activity[accountId] = [...own, ...before].toSorted((one, other) => atMsOf(other) - atMsOf(one));
  }
  const without = (rows: unknown): readonly unknown[] =>
    rowsOf(rows).filter((row) => readDoneNotice(row) === null);
  store.set('activity', activity);
  store.set(
    'notices',
    Array.isArray(stored)
      ? without(stored)
      : Object.fromEntries(Object.entries(lists).map(([id, rows]) => [id, without(rows)])),
  );
}

function byAccountOf(value: unknown): Readonly<Record<string, unknown>> {
  const parsed = z.safeParse(byAccountSchema, value);
  return parsed.success ? parsed.data : {};
}

const keyed = z.object({ key: z.string() });
const dated = z.object({ atMs: z.number() });

function keyOf(row: unknown): string | null {
  const parsed = z.safeParse(keyed, row);
  return parsed.success ? parsed.data.key : null;
}

function atMsOf(row: unknown): number {
  const parsed = z.safeParse(dated, row);
  return parsed.success ? parsed.data.atMs : 0;
}
