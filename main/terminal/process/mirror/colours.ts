import type { TerminalThemeId } from '../../../../preload/contract/settings.ts';
import { terminalThemes, type TerminalTheme } from '../../../../preload/contract/terminal-themes.ts';
import type { ColourRequest } from './xterm-parts.ts';

type Rgb = readonly [number, number, number];

const text = 256;
const background = 257;
const cursor = 258;
const report = 0;
const set = 1;

/** The colours that a program has changed, and the answers to its questions about them. */
export class ColourTable {
  readonly #changed = new Map<number, Rgb>();
  readonly #answer: (text: string) => void;

  #theme: TerminalTheme;

  constructor(theme: TerminalThemeId, answer: (text: string) => void) {
    this.#theme = terminalThemes[theme];
    this.#answer = answer;
  }

  /** Takes another theme. As in a view, what a program has changed goes with the former one. */
  useTheme(theme: TerminalThemeId): void {
    this.#theme = terminalThemes[theme];
    this.#changed.clear();
  }

  /** 0 to 255 of the palette, then text, background, cursor. */
  get changed(): ReadonlyMap<number, Rgb> {
    return this.#changed;
  }

  /** Takes what xterm read out of OSC 4, 10 to 12, 104 and 110 to 112. */
  take(requests: readonly ColourRequest[]): void {
    for (const { type, index, color } of requests) {
      if (type === report && index !== undefined) this.#report(index);
      else if (type === set && index !== undefined && color !== undefined) this.#changed.set(index, color);
      else if (index === undefined) this.#forgetPalette();
      else this.#changed.delete(index);
    }
  }

  #forgetPalette(): void {
    for (const index of [...this.#changed.keys()]) if (index < text) this.#changed.delete(index);
  }

  /** As xterm with a screen answers it. */
  #report(index: number): void {
    const rgb = this.#changed.get(index) ?? themeColour(this.#theme, index);
    const name = index < text ? `4;${index}` : String(index - text + 10);
    const channels = rgb.map((value) => value.toString(16).padStart(2, '0').repeat(2));
    this.#answer(`\u001b]${name};rgb:${channels.join('/')}\u001b\\`);
  }
}

function themeColour(theme: TerminalTheme, index: number): Rgb {
  if (index === text) return rgbOf(theme.text);
  if (index === cursor) return rgbOf(theme.cursor);
  if (index === background) return rgbOf(theme.background);
  const named = theme.palette[index];
  if (named !== undefined) return rgbOf(named);
  // The cube and the greys of a palette of 256, as xterm has them.
  const level = (value: number): number => (value === 0 ? 0 : value * 40 + 55);
  if (index >= 232) return [index * 10 - 2312, index * 10 - 2312, index * 10 - 2312];
  const rest = index - 16;
  return [level(Math.floor(rest / 36)), level(Math.floor(rest / 6) % 6), level(rest % 6)];
}

const rgbOf = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];
