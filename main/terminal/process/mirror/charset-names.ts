import headless from '@xterm/headless';
import { partsOf, type Charset } from './xterm-parts.ts';

const letters = Array.from('0A4C5RQKYE6ZH7=');
let names: ReadonlyMap<Charset, string> | null = null;

/** The last character of the sequence that chooses a set (`0`: line drawing); `B`, plain ASCII, for none. */
export function charsetName(charset: Charset | undefined): string {
  if (charset === undefined) return 'B';
  names ??= readNames();
  return names.get(charset) ?? 'B';
}

/** Xterm keeps no name with a set: each is chosen once, to see which it is. */
function readNames(): ReadonlyMap<Charset, string> {
  const parts = partsOf(new headless.Terminal({ allowProposedApi: true, scrollback: 0 }));
  return new Map(
    letters.flatMap((letter) => {
      parts._inputHandler.parse(`\u001b(${letter}`);
      const { charset } = parts._charsetService;
      return charset === undefined ? [] : [[charset, letter] as const];
    }),
  );
}
