import type { Prompt } from 'ssh2';
import { displayLines } from '../../../../preload/contract/display-text.ts';
import { asksForPassword } from './password-prompt.ts';

/** What one attempt gave the server besides a key: the password, answers to its other questions, or both. */
export interface Proof {
  readonly hasPassword: boolean;
  /** The other questions, as they are named to the user. */
  readonly questions: readonly string[];
}

export const passwordAlone: Proof = { hasPassword: true, questions: [] };

const maxNameLength = 60;
const maxNames = 3;

/** What was given once these prompts are answered, too. */
export function withAnswers(proof: Proof, prompts: readonly Prompt[]): Proof {
  const others = prompts.filter((prompt) => !asksForPassword([prompt]));
  return {
    hasPassword: proof.hasPassword || others.length < prompts.length,
    questions: [...new Set([...proof.questions, ...others.map(nameOf)])],
  };
}

/** A menu has its question in the last line. */
function nameOf({ prompt }: Prompt): string {
  const line = displayLines(prompt).trim().split('\n').at(-1) ?? '';
  const name = line.trim().replace(/\s*[:：]$/u, '');
  if (name === '') return 'a question without words';
  return `“${name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name}”`;
}

/** What was refused, to be read by the user. A server never says which of several answers was wrong. */
export function refusalSentence(user: string, { hasPassword, questions }: Proof): string {
  const hint = hasPassword ? rootHint(user) : '';
  if (questions.length === 0) return `The password for ${user} was refused.${hint}`;
  const isOne = questions.length === 1;
  const answers = `${isOne ? 'the answer' : 'the answers'} to ${listOf(questions)}`;
  const what = hasPassword ? `the password for ${user} or ${answers}` : `${answers} for ${user}`;
  const which = hasPassword || !isOne ? ': it does not say which is wrong' : '';
  return `The server refused ${what}${which}. If it asks for a one-time code, use a new one.${hint}`;
}

/** sshd refuses root's password without a sign where `PermitRootLogin` is `prohibit-password`, its default. */
export function rootHint(user: string): string {
  return user === 'root' ? ' Many servers let root in by a key only, whatever the password.' : '';
}

function listOf(names: readonly string[]): string {
  const shown = names.length > maxNames ? [...names.slice(0, maxNames - 1), 'others'] : names;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
}
