import { homedir } from 'node:os';
import type { FromSshProcess, ToSshProcess } from '../protocol.ts';
import { systemClock } from '../../clock/index.ts';
import { collectGarbage } from '../../tasks/index.ts';
import { endOnUnexpectedErrors } from '../../unexpected-errors/index.ts';
import { defaultLimits } from './connection-parts.ts';
import { filePort } from './files/file-port.ts';
import { forwardPort } from './forwards/forward-port.ts';

import { sessionPort, type RawPort } from './port.ts';
import { SshProcess } from './ssh-process.ts';

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: FromSshProcess): void;
  on(
    event: 'message',
    listener: (event: { readonly data: ToSshProcess; readonly ports: readonly RawPort[] }) => void,
  ): void;
}

// Electron's own type says that it is always there; run by plain Node it is not.
const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('This is the entry of a utility process');

endOnUnexpectedErrors();

const sshProcess = new SshProcess({
  clock: systemClock,
  limits: defaultLimits,
  surroundings: { env: process.env, platform: process.platform, home: homedir() },
  send: (message) => parentPort.postMessage(message),
  collectGarbage,
});

parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (port === undefined) sshProcess.receive(data, null);
  else if (data.type === 'attach-files') sshProcess.receive(data, null, filePort(port));
  else if (data.type === 'attach-forwards') sshProcess.receive(data, null, null, forwardPort(port));
  else sshProcess.receive(data, sessionPort(port));
});
