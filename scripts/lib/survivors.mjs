/** @typedef {{ line: number, column: number }} Position */
/** @typedef {{ status: string, mutatorName: string, replacement?: string, location: { start: Position, end: Position } }} Mutant */

/**
 * One line for each mutant that no test noticed, in the order of the code: its place, kind, and what replaced what.
 * @param {{ files: Record<string, { source: string, mutants: Mutant[] }> }} report In the format of mutation-testing-elements.
 */
export function survivorsOf({ files }) {
  return Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { source, mutants }]) =>
      mutants
        .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
        .sort(
          (a, b) =>
            a.location.start.line - b.location.start.line ||
            a.location.start.column - b.location.start.column,
        )
        .map(({ status, mutatorName, replacement = '', location }) => {
          const mark = status === 'NoCoverage' ? ' (no test runs it)' : '';
          return `${path}:${location.start.line} ${mutatorName}${mark}: ${onOneLine(textAt(source, location))} → ${onOneLine(replacement)}`;
        }),
    );
}

/**
 * Lines and columns are counted from 1; the end is not part of the text.
 * @param {string} source
 * @param {Mutant['location']} location
 */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  // The end first: on a single line the start would move it.
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return lines.join('\n');
}

/** @param {string} text */
function onOneLine(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
