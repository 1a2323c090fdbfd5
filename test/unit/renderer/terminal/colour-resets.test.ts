import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { skipNeedlessColourResets } from '../../../../renderer/terminal/colour-resets.ts';

interface ColourEvents {
  readonly _core: { readonly _inputHandler: { onColor: (listener: (events: unknown[]) => void) => void } };
}

/** What a terminal has to do about colours for this output: 0 a report, 1 to set, 2 to set back. */
async function colourWork(...output: readonly string[]): Promise<readonly number[]> {
  const terminal = new xterm.Terminal({ allowProposedApi: true });
  skipNeedlessColourResets(terminal);
  const types: number[] = [];
  (terminal as unknown as ColourEvents)._core._inputHandler.onColor((events) => {
    types.push(...events.map((event) => (event as { readonly type: number }).type));
  });
  for (const text of output) await new Promise<void>((resolve) => terminal.write(text, resolve));
  terminal.dispose();
  return types;
}

const set = 1;
const back = 2;
const allBack = '\u001b]104\u001b\\\u001b]110\u001b\\\u001b]111\u001b\\\u001b]112\u001b\\';

describe('colours that are set back', () => {
  it('are nothing to do where none was set', async () => {
    expect(await colourWork(allBack)).toEqual([]);
    expect(await colourWork('\u001b]104;1\u001b\\')).toEqual([]);
  });

  it.each([
    ['of the palette', '\u001b]4;1;rgb:ff/00/00\u001b\\', 1, 1],
    ['of the text', '\u001b]10;rgb:ff/00/00\u001b\\', 1, 3],
    ['of the background', '\u001b]11;rgb:ff/00/00\u001b\\', 1, 2],
    ['of the cursor', '\u001b]12;rgb:ff/00/00\u001b\\', 1, 1],
    ['of all three at once', '\u001b]10;#f00;#0f0;#00f\u001b\\', 3, 3],
  ])('are set back once where a program set that %s', async (_of, setting, sets, backs) => {
    const expected = [...Array<number>(sets).fill(set), ...Array<number>(backs).fill(back)];
    expect(await colourWork(setting, allBack, allBack)).toEqual(expected);
  });

  it('are set back one by one of the palette, as long as any may be left', async () => {
    const two = '\u001b]4;1;#f00;2;#0f0\u001b\\';
    expect(await colourWork(two, '\u001b]104;1\u001b\\', '\u001b]104;2\u001b\\', allBack)).toEqual([
      set,
      set,
      back,
      back,
      back,
    ]);
  });
});
