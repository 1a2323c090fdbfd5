import { createKeychain } from '../../../main/keychain/keychain.ts';
import { openEntry } from '../../../main/keychain/keyring-entry.ts';

/**
 * Asks this session's real keychain and prints each answer as a line of JSON. Arguments: `read`, `absent`,
 * `write=…`, `remove`, in the order to be done; `within=…` first sets how long each may take, in ms.
 */
const steps = process.argv.slice(2);
const timeoutMs = Number(steps.find((step) => step.startsWith('within='))?.slice('within='.length) ?? 10_000);
const keychain = createKeychain(openEntry, timeoutMs);
const name = 'token:probe';

for (const step of steps) {
  if (step === 'read') console.log(JSON.stringify(await keychain.read(name)));
  if (step === 'absent') console.log(JSON.stringify(await keychain.read('token:nobody')));
  if (step.startsWith('write='))
    console.log(JSON.stringify(await keychain.write(name, step.slice('write='.length))));
  if (step === 'remove') console.log(JSON.stringify(await keychain.remove(name)));
}
// A call that was given up still waits in the library, and `process.exit` would wait for it.
process.kill(process.pid, 'SIGKILL');
