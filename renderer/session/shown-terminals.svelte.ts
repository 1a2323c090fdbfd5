import { SvelteMap } from 'svelte/reactivity';
import type { AttachmentSource } from '../../preload/contract/agent-attachment.ts';
import type { SessionId } from '../../preload/contract/brands.ts';
import { terminalCharacters } from '../../preload/contract/message-limits.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';

/** So many lines are taken where nothing is selected. */
const lastLines = 200;

/** What can be read of a terminal that is in the window, and typed into it. */
export interface ShownTerminal {
  readonly selection: () => string;
  readonly lastLines: (count: number) => string;
  readonly focus: () => void;
  /** Sends a text to its program as it is, where it is open. */
  readonly type: (text: string) => void;
  /** Pastes a text into it without asking, where it is open. */
  readonly paste: (text: string) => void;
}

/** The terminals that are drawn in this window, in front or not, by their sessions. */
class ShownTerminals {
  readonly #terminals = new SvelteMap<SessionId, ShownTerminal>();

  add(id: SessionId, terminal: ShownTerminal): void {
    this.#terminals.set(id, terminal);
  }

  /** One that took its place stays. */
  remove(id: SessionId, terminal: ShownTerminal): void {
    if (this.#terminals.get(id) === terminal) this.#terminals.delete(id);
  }

  has(id: SessionId): boolean {
    return this.#terminals.has(id);
  }

  get(id: SessionId): ShownTerminal | undefined {
    return this.#terminals.get(id);
  }

  /** What is selected in a terminal, or its last lines; of a text that is too long, its end. Null where it is not drawn. */
  textOf({ id, target }: Pick<TerminalSession, 'id' | 'target'>): TerminalText | null {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined) return null;
    const selection = terminal.selection();
    const isSelected = selection.trim() !== '';
    return {
      kind: 'terminal',
      target,
      part: isSelected ? 'selection' : 'last-lines',
      text: (isSelected ? selection : terminal.lastLines(lastLines)).slice(-terminalCharacters),
    };
  }
}

type TerminalText = Extract<AttachmentSource, { readonly kind: 'terminal' }>;

export const shownTerminals = new ShownTerminals();
