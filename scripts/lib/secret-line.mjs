import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { SetupError } from './console.mjs';

/**
 * Asks for a line on the terminal and does not show what is typed.
 * @param {string} question
 */
export async function readSecretLine(question) {
  if (!process.stdin.isTTY) throw new SetupError('There is no terminal to ask for the passphrase on.');
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}
