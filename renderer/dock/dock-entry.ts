import Folder from '@lucide/svelte/icons/folder';
import Monitor from '@lucide/svelte/icons/monitor';
import type { ConsoleSession } from '../../preload/contract/console.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import type { DockTab } from '../components/layout/tab.ts';
import { consoleWord } from '../console/console-words.ts';
import { sessionStateKind } from '../session/session-state.ts';
import { sessionWord } from '../terminal/session-words.ts';

/** What a tab of the dock holds. */
export type DockEntry =
  | { readonly kind: 'shell'; readonly session: TerminalSession }
  | { readonly kind: 'files'; readonly session: TerminalSession }
  | { readonly kind: 'console'; readonly session: ConsoleSession };

/** The shells and files, and the consoles, each in the order in which they were opened. */
export function dockEntries(
  shells: readonly TerminalSession[],
  consoles: readonly ConsoleSession[],
): readonly DockEntry[] {
  return [
    ...shells.map((session) => ({ kind: session.kind, session })),
    ...consoles.map((session) => ({ kind: 'console', session }) as const),
  ];
}

/** Whether it was there in the last run and was not asked for since. */
export const isRestored = ({ session }: DockEntry): boolean => session.isRestored === true;

/** Whether it is a terminal with a shell. */
export const isShell = (entry: DockEntry): entry is DockEntry & { readonly kind: 'shell' } =>
  entry.kind === 'shell';

/** The tab of an entry. */
export function dockTab(entry: DockEntry): DockTab {
  const { id, title } = entry.session;
  if (entry.kind !== 'console') {
    const kind = sessionStateKind(entry.session.state);
    const word = sessionWord(entry.session.state);
    return entry.kind === 'shell'
      ? { id, label: title, kind, word }
      : { id, label: title, kind, word: `files, ${word}`, icon: Folder };
  }
  return {
    id,
    label: title,
    kind: sessionStateKind(entry.session.state),
    word: `console, ${consoleWord(entry.session.state)}`,
    icon: Monitor,
  };
}
