/** Characters that no shell acts on, wherever they stand. */
export const plainInShell = /^[A-Za-z0-9_@%+=:,./-]*$/;

/**
 * A text as one word of a POSIX shell. A backslash stands outside of quotes: within single ones it counts in fish, and in
 * no other shell.
 */
export function shellWord(text: string): string {
  if (text === '') return "''";
  if (plainInShell.test(text)) return text;
  return text.replace(/[^'\\]+|['\\]/g, (part) =>
    part === "'" || part === '\\' ? `\\${part}` : `'${part}'`,
  );
}
