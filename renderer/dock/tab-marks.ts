import FileText from '@lucide/svelte/icons/file-text';
import RadioTower from '@lucide/svelte/icons/radio-tower';
import type { SessionId } from '../../preload/contract/brands.ts';
import type { TabMark } from '../components/layout/tab.ts';
import { sessions } from '../state/app.svelte.ts';
import { broadcast } from '../session/broadcast.svelte.ts';

/** What a session is marked with in its tab, and at the head of its pane. */
export function tabMarks(id: SessionId): readonly TabMark[] {
  const log = (sessions.current ?? []).find((session) => session.id === id)?.log;
  return [
    ...(broadcast.has(id) ? [{ icon: RadioTower, word: 'broadcast' }] : []),
    ...(log === undefined ? [] : [{ icon: FileText, word: log.problem === null ? 'logged' : 'log stopped' }]),
  ];
}
