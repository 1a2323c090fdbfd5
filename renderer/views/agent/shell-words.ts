/** One simple command of a line: its words without their quotes, and the files that its output goes to. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly writesTo: readonly string[];
}

/** What ends a command, redirects it, quotes or separates; in this order, so that `&&` and `2>&1` are whole. */
const part =
  /(?<redirect>(?:\d|&)?>>?\|?)(?<copied>&[\d-])?|(?<end>&&|\|\||[;|&\n])|(?<space>[ \t]+)|'(?<single>[^']*)'?|"(?<double>(?:[^"\\]|\\[\s\S])*)"?|\\(?<escaped>[\s\S])|(?<plain>[^\s;|&<>'"\\]+)|(?<other>[\s\S])/gu;

/**
 * Splits a line of a shell into its simple commands. It expands nothing, and takes what it does not know (a loop, a
 * here-document, a substitution) for words: it is for telling a person what was run, not for judging whether it is safe.
 */
export function shellCommands(line: string): readonly ShellCommand[] {
  const commands: { words: string[]; writesTo: string[] }[] = [];
  let current: { words: string[]; writesTo: string[] } = { words: [], writesTo: [] };
  let word: string | null = null;
  let isTarget = false;
  const endWord = (): void => {
    if (word === null) return;
    (isTarget ? current.writesTo : current.words).push(word);
    word = null;
    isTarget = false;
  };
  const endCommand = (): void => {
    endWord();
    isTarget = false;
    if (current.words.length > 0 || current.writesTo.length > 0) commands.push(current);
    current = { words: [], writesTo: [] };
  };
  for (const { groups = {} } of line.matchAll(part)) {
    const { redirect, copied, end, space, single, double, escaped, plain, other } = groups;
    if (end !== undefined) endCommand();
    else if (redirect !== undefined) {
      endWord();
      isTarget = copied === undefined;
    } else if (space !== undefined) endWord();
    else if (other === undefined || !/\s/u.test(other)) {
      const text = single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? other ?? '';
      word = `${word ?? ''}${text}`;
    } else endWord();
  }
  endCommand();
  return commands;
}
