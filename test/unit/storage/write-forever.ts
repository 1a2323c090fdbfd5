import { openJsonStore } from '../../../main/storage/json-store.ts';

/** Writes a store over and over until it is killed. Argument: the file. Says `writing` when it has begun. */
const store = openJsonStore(process.argv[2] ?? '', (cause) => {
  throw cause;
});
for (let turn = 0; ; turn += 1) {
  const filler = String(turn % 10).repeat(200_000 + (turn % 7) * 300_000);
  store.set('both', { turn, filler, again: turn });
  if (turn === 0) process.stdout.write('writing\n');
}
