import { openJsonFile } from '../../../main/storage/json-file.ts';

/** Writes a file over and over until it is killed. Argument: the file. Says `writing` when it has begun. */
const file = openJsonFile(process.argv[2] ?? '', { migrations: [(values) => values] });
for (let turn = 0; ; turn += 1) {
  const filler = String(turn % 10).repeat(200_000 + (turn % 7) * 300_000);
  file.set('both', { turn, filler, again: turn });
  const saved = await file.saved();
  if (!saved.ok) throw new Error('A write failed.', { cause: saved.error });
  if (turn === 0) process.stdout.write('writing\n');
}
