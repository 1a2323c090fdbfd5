import { plainInShell, shellWord } from '../../preload/contract/shell-word.ts';

/** What is known of an instance's terminal without asking. */
export const knownVariables = ['ip', 'name', 'id', 'user', 'host'] as const;
export type KnownVariable = (typeof knownVariables)[number];

/** A variable of a snippet: `{{name}}`, or `{{name|raw}}`. */
const variable = /\{\{\s*([\p{L}_][\p{L}\p{N}_ -]*?)\s*(?:\|\s*(raw)\s*)?\}\}/gu;

// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** Whether main knows what a variable stands for; others are asked for. */
export const isKnown = (name: string): name is KnownVariable =>
  (knownVariables as readonly string[]).includes(name);

/** The names of a snippet's variables, each once, in their order. */
export function variablesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(variable)].map(([, name = '']) => name))];
}

/** A snippet whose variables have their values, or why that is not possible. */
export type Filled =
  { readonly text: string; readonly problem: null } | { readonly text: null; readonly problem: string };

/**
 * Puts the values of variables into a snippet, each as one word of a POSIX shell, whatever is in it: a name in the cloud can
 * be chosen by others. Where quotes are open around a variable they are closed and opened again. Where it is not certain how
 * a shell reads on (substitutions, here-documents, comments), only a value that no shell acts on is put. `valueOf` gives
 * null for what is not known.
 */
export function filled(text: string, valueOf: (name: string) => string | null): Filled {
  const reader = new QuoteReader();
  let out = '';
  let at = 0;
  for (const { 0: whole, 1: name = '', 2: raw, index } of text.matchAll(variable)) {
    const before = text.slice(at, index);
    reader.read(before);
    at = index + whole.length;
    const found = valueOf(name);
    if (found === null) return problem(`{{${name}}} is not known here.`);
    // A terminal acts on them: they cannot be typed as text.
    const value = found.replace(controls, '');
    const put = raw === undefined ? reader.quoted(value) : rawValue(name, value);
    if (put === null)
      return problem(
        raw === undefined
          ? `{{${name}}} has characters that a shell acts on, and stands where they cannot be quoted: behind a substitution, a comment or a backslash. Move it in front of that.`
          : `{{${name}|raw}} comes from the cloud and has characters that a shell acts on. Take “|raw” away.`,
      );
    out += before + put;
    reader.word();
  }
  return { text: out + text.slice(at), problem: null };
}

/** What was typed for this run may be a part of a command; what others can choose may not. */
const rawValue = (name: string, value: string): string | null =>
  isKnown(name) && !plainInShell.test(value) ? null : value;

const problem = (sentence: string): Filled => ({ text: null, problem: sentence });

/** Follows the quotes of a shell's text as far as it is certain of them. */
class QuoteReader {
  #state: 'bare' | 'single' | 'double' | 'unclear' = 'bare';
  /** The last character before this place, where it could change the meaning of a quote. */
  #last = '';

  read(text: string): void {
    for (let at = 0; at < text.length && this.#state !== 'unclear'; at += 1) at = this.#step(text, at);
    this.#last = text.at(-1) ?? this.#last;
  }

  /** A value was put here. */
  word(): void {
    this.#last = 'x';
  }

  /** A value for this place; null where it cannot be made harmless. */
  quoted(value: string): string | null {
    if (this.#state === 'unclear' || this.#last === '\\' || this.#last === '$')
      return plainInShell.test(value) ? value : null;
    if (this.#state === 'bare' || plainInShell.test(value))
      return this.#state === 'bare' ? shellWord(value) : value;
    const quote = this.#state === 'single' ? "'" : '"';
    return `${quote}${shellWord(value)}${quote}`;
  }

  /** Reads the character at a place; gives the place of the last one that was read. */
  #step(text: string, at: number): number {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    const isOpen = this.#state !== 'bare';
    if (character === "'" && this.#state !== 'double') this.#state = isOpen ? 'bare' : 'single';
    else if (character === '"' && this.#state !== 'single') this.#state = isOpen ? 'bare' : 'double';
    // Shells with a history of their own read each line anew.
    else if (isOpen && (character === '\n' || (character === '\\' && next === '\n'))) this.#state = 'unclear';
    // Within single quotes it counts in fish alone.
    else if (character === '\\' && this.#state === 'single' && next === "'") this.#state = 'unclear';
    else if (character === '\\') return at + 1;
    else if (this.#state !== 'single' && (character === '`' || (character === '$' && /[({'"[]/.test(next))))
      this.#state = 'unclear';
    else if (
      this.#state === 'bare' &&
      (character === '#' || text.startsWith('<<', at) || text.startsWith('((', at))
    )
      this.#state = 'unclear';
    return at;
  }
}
