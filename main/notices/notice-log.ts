import * as z from 'zod/mini';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { noticeKinds, type Notice } from '../../preload/contract/snapshot.ts';
import type { JsonStore } from '../settings/index.ts';

/** Enough for some weeks of a calm account; the file is written whole each time. */
const keptAtMost = 200;

const noticeSchema = z.object({
  key: z.string(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  body: z.string(),
  instanceId: z.nullable(z.string()),
  atMs: z.number(),
});

/** What was told, newest first, kept across restarts so that it can be read later. */
export interface NoticeLog {
  list(): readonly Notice[];
  add(notices: readonly Notice[]): void;
}

/** Opens the log under the key `notices` of a store. `onChange` gets the whole list after each addition. */
export function createNoticeLog(store: JsonStore, onChange: (notices: readonly Notice[]) => void): NoticeLog {
  const stored = store.get('notices');
  let notices = (Array.isArray(stored) ? stored : []).flatMap((row: unknown): Notice[] => {
    const parsed = z.safeParse(noticeSchema, row);
    return parsed.success
      ? [{ ...parsed.data, instanceId: parsed.data.instanceId as InstanceId | null }]
      : [];
  });
  return {
    list: () => notices,
    add: (added) => {
      if (added.length === 0) return;
      notices = [...[...added].reverse(), ...notices].slice(0, keptAtMost);
      store.set('notices', notices);
      onChange(notices);
    },
  };
}
