import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { plainInShell, shellWord } from '../../preload/contract/shell-word.ts';

/**
 * A command as it is pasted into a shell: bash, zsh or fish, and on Windows PowerShell or cmd, which have no common way to
 * write some characters. Error: `refused` where one of those is in it.
 */
export function commandText(words: readonly string[], platform: NodeJS.Platform): Result<string> {
  if (platform !== 'win32') return ok(words.map(shellWord).join(' '));
  if (words.some((word) => /["$`%!^&|<>\p{Cc}\u201c-\u201f]/u.test(word) || /\\$/.test(word)))
    return fail({
      kind: 'refused',
      message:
        'It has characters that PowerShell and cmd read differently. Open it in the system’s terminal instead.',
    });
  return ok(
    words
      .map((word) => (word !== '' && plainInShell.test(word.replaceAll('\\', '/')) ? word : `"${word}"`))
      .join(' '),
  );
}
