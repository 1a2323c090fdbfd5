const columns = 17;
const rows = 9;
const symbols = ' .o+=*BOX@%&#/^SE';

/** The digest of a `SHA256:…` fingerprint. */
function digestOf(fingerprint: string): readonly number[] {
  return Array.from(atob(fingerprint.replace(/^SHA256:/, '')), (letter) => letter.charCodeAt(0));
}

/**
 * The picture that OpenSSH draws of a fingerprint (`ssh-keygen -lv`): a walk of the "drunken bishop" over a field, a step
 * for each two bits. `title` is what stands in its upper frame: "ED25519 256".
 */
export function randomart(fingerprint: string, title: string): string {
  const visits = new Array<number>(columns * rows).fill(0);
  const start = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  let x = Math.floor(columns / 2);
  let y = Math.floor(rows / 2);
  for (const byte of digestOf(fingerprint)) {
    for (let bits = byte, pair = 0; pair < 4; pair += 1, bits >>= 2) {
      x = Math.min(columns - 1, Math.max(0, x + ((bits & 1) === 1 ? 1 : -1)));
      y = Math.min(rows - 1, Math.max(0, y + ((bits & 2) === 2 ? 1 : -1)));
      const at = y * columns + x;
      visits[at] = Math.min((visits[at] ?? 0) + 1, symbols.length - 3);
    }
  }
  const end = y * columns + x;
  const symbol = (count: number, at: number): string =>
    at === end ? 'E' : at === start ? 'S' : symbols.charAt(count);
  const drawn = visits.map(symbol).join('');
  const lines = Array.from({ length: rows }, (_each, row) => drawn.slice(row * columns, (row + 1) * columns));
  const frame = (text: string): string => {
    const left = Math.floor((columns - text.length) / 2);
    return `+${'-'.repeat(left)}${text}${'-'.repeat(columns - left - text.length)}+`;
  };
  return [frame(`[${title}]`), ...lines.map((line) => `|${line}|`), frame('[SHA256]')].join('\n');
}
