import type { TerminalSession } from '../../preload/contract/terminal.ts';
import { shownTerminals } from './shown-terminals.svelte.ts';

/** Whether a text can be typed into a session now: a shell that is open, with a terminal in this window. */
export const canType = ({ id, kind, state }: TerminalSession): boolean =>
  kind === 'shell' && state.phase === 'open' && shownTerminals.has(id);
