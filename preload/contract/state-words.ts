import { displayText } from './display-text.ts';
import type { Instance } from './instance.ts';

/** What happened to a failed server, as a sentence: quoted is only what the API said. */
export function failureInWords({ status, state }: Pick<Instance, 'status' | 'state'>): string {
  const said = displayText(status, 40);
  const reported = said === '' ? '' : ` Evorxa reports “${said}”.`;
  return `${state.word === 'Crashed' ? 'It stopped by itself.' : 'Its system could not be built.'}${reported}`;
}
