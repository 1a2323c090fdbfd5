/**
 * A piece of a build's log with colours, as make, cargo and npm print them: of lines between 40 and 160 characters. The
 * same on both sides of a comparison. Runs in the page too, so it sees nothing outside itself.
 */
export function buildLogPiece(lines: number): string {
  const words = [
    'compiling',
    'linking',
    'src/render/scene.ts',
    'warning:',
    'unused',
    'in',
    '0.42s',
    'ok',
    'ünïcödé',
    '→',
  ];
  const colours = [
    '\u001B[32m',
    '\u001B[1;34m',
    '\u001B[38;5;208m',
    '\u001B[0;33m',
    '\u001B[38;2;120;160;255m',
  ];
  let state = 12_345;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  let text = '';
  for (let line = 0; line < lines; line += 1) {
    const parts = [`[${String(line).padStart(6, '0')}]`];
    for (let left = 4 + next(12); left > 0; left -= 1) {
      const word = words[next(words.length)] ?? '';
      parts.push(next(3) === 0 ? `${colours[next(colours.length)] ?? ''}${word}\u001B[0m` : word);
    }
    text += `${parts.join(' ')}\r\n`;
  }
  return text;
}
