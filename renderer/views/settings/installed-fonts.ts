/** Fonts of one width that people set for a terminal. */
const known = [
  ...['JetBrains Mono', 'Fira Code', 'Fira Mono', 'Cascadia Code', 'Cascadia Mono', 'Source Code Pro'],
  ...['Hack', 'Iosevka', 'IBM Plex Mono', 'Inconsolata', 'Ubuntu Mono', 'DejaVu Sans Mono'],
  ...['Liberation Mono', 'Noto Sans Mono', 'Roboto Mono', 'Menlo', 'Monaco', 'SF Mono', 'Consolas'],
  ...['Courier New', 'Lucida Console', 'Droid Sans Mono', 'Geist Mono', 'MesloLGS NF'],
];

/** Letters whose widths tell fonts apart. */
const sample = 'mmmWWWiiil|0O@%&';

/** How wide text of a font is, by its name as CSS has it. */
export type Measure = (family: string) => number;

/** Measures on a canvas of this page. */
export function canvasMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  return (family) => {
    if (context === null) return 0;
    context.font = `72px ${family}`;
    return context.measureText(sample).width;
  };
}

/**
 * Whether a font is installed: text with it is as wide as with what stands behind it, for each of those, only where it
 * is not. A page is not told of the fonts themselves.
 */
export const isInstalled = (name: string, measure: Measure): boolean =>
  ['monospace', 'serif', 'sans-serif'].some((behind) => measure(`"${name}", ${behind}`) !== measure(behind));

/** Those of the known fonts that are installed. */
export const installedFonts = (measure: Measure): readonly string[] =>
  known.filter((name) => isInstalled(name, measure));
