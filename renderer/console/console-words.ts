import type { ConsolePhase } from '../../preload/contract/console.ts';

/** A console's state in words. */
export function consoleWord({ phase }: ConsolePhase): string {
  switch (phase) {
    case 'waiting':
      return 'waiting';
    case 'asking':
      return 'asking for access';
    case 'connecting':
      return 'connecting';
    case 'authenticating':
      return 'signing in';
    case 'open':
      return 'open';
    case 'ended':
      return 'ended';
  }
}

/** Below the longest name that a file may have. */
const longestName = 80;

/** The name of a picture of a console, from the instance's name, which may hold anything. */
export function pictureName(title: string): string {
  const name = title
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, longestName)
    .trimEnd();
  return `${name === '' ? 'instance' : name}-console.png`;
}

/** The characters of a text that will be left out when it is typed, as a sentence; null: all can be typed. */
export function leftOutWords(characters: readonly string[]): string | null {
  if (characters.length === 0) return null;
  const shown = characters.slice(0, 12).join(' ');
  return `Left out, since a US keyboard has no keys for them: ${shown}${characters.length > 12 ? ' …' : ''}`;
}
