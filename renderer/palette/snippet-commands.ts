import SquareTerminal from '@lucide/svelte/icons/square-terminal';
import { displayText } from '../../preload/contract/display-text.ts';
import type { Snippet } from '../../preload/contract/snippets.ts';
import { snippetQuestion } from '../snippets/snippets.svelte.ts';
import type { Command } from './command.ts';

/** Each snippet as a command, and the question which one. */
export function snippetCommands(snippets: readonly Snippet[], canRun: boolean): readonly Command[] {
  const disabledReason = canRun ? null : 'Open a terminal first';
  return [
    {
      id: 'snippets',
      label: 'Run a snippet',
      detail: 'Terminals',
      icon: SquareTerminal,
      disabledReason,
      run: () => snippetQuestion.open(),
    },
    ...snippets.map(({ id, name, text }) => ({
      id: `snippet ${id}`,
      label: `Run ${displayText(name, 80)}`,
      detail: displayText(text, 40),
      icon: SquareTerminal,
      disabledReason,
      run: () => snippetQuestion.open(id),
    })),
  ];
}
