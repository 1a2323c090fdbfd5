import RadioTower from '@lucide/svelte/icons/radio-tower';
import type { SessionId } from '../../preload/contract/brands.ts';
import type { TabMark } from '../components/layout/tab.ts';
import { broadcast } from '../session/broadcast.svelte.ts';

/** What a session is marked with in its tab, and at the head of its pane. */
export const tabMarks = (id: SessionId): readonly TabMark[] =>
  broadcast.has(id) ? [{ icon: RadioTower, word: 'broadcast' }] : [];
