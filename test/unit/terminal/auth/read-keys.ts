import { readFileSync } from 'node:fs';
import { readKeyText, type KeyText } from '../../../../main/terminal/process/auth/key-text.ts';

/**
 * A program: reads `{ texts, passphrase }` from standard input, and prints what each text is said to be, `right` with
 * the passphrase or without one, `wrong` with another.
 */
const { texts, passphrase } = JSON.parse(readFileSync(0, 'utf8')) as {
  readonly texts: readonly string[];
  readonly passphrase: string;
};

async function told(key: KeyText | 'wrong-passphrase'): Promise<string> {
  if (key === 'wrong-passphrase') return key;
  if (key.kind === 'unusable') return key.problem('F');
  if (key.kind !== 'open') return key.kind;
  await key.sign(Buffer.from('data'), key.key.type === 'ssh-rsa' ? 'sha512' : undefined);
  return `open ${key.key.type}`;
}

const all = texts.map(async (text) => {
  const found = readKeyText(text);
  if (found.kind !== 'locked') return { right: await told(found) };
  return { wrong: await told(found.unlock('not this one')), right: await told(found.unlock(passphrase)) };
});
process.stdout.write(JSON.stringify(await Promise.all(all)));
