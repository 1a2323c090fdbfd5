import type { TerminalTheme } from '../../preload/contract/terminal-themes.ts';

/** How matches are marked, as xterm takes it. */
export interface SearchColours {
  readonly matchBackground: string;
  readonly matchBorder: string;
  readonly matchOverviewRuler: string;
  readonly activeMatchBackground: string;
  readonly activeMatchBorder: string;
  readonly activeMatchColorOverviewRuler: string;
}

const yellow = 3;

/**
 * The marks of a search in a theme: its yellow, so thin that text stays as easy to read as before; the match that is
 * selected has a border of it.
 */
export function searchColours({ background, palette, text }: TerminalTheme): SearchColours {
  const marker = palette[yellow] ?? text;
  const ground = mixed(background, marker, 0.22);
  return {
    matchBackground: ground,
    matchBorder: ground,
    matchOverviewRuler: marker,
    activeMatchBackground: ground,
    activeMatchBorder: text,
    activeMatchColorOverviewRuler: text,
  };
}

/** So much of one colour in another one. */
export function mixed(ground: string, colour: string, share: number): string {
  const part = (at: number): string => {
    const [from, to] = [ground, colour].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round((from ?? 0) + ((to ?? 0) - (from ?? 0)) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
