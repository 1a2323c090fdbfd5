import { displayLines } from '../../../../preload/contract/display-text.ts';
import type { ForwardOrder } from '../../forward-protocol.ts';
import { hostAndPort } from '../../../ssh/index.ts';
import { errorCode } from '../errors.ts';
import { socksReplies } from './socks5.ts';

type Destination = NonNullable<ForwardOrder['destination']>;

/** Why a port of this computer could not be opened. */
export function notListening({ bindAddress, port }: ForwardOrder, error: unknown): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} of this computer is in use by another program. Close that program, or choose another port; 0 takes any free one.`;
    case 'EACCES':
      return `This computer lets only its administrator open port ${port}. Choose one from 1024 on.`;
    case 'EADDRNOTAVAIL':
      return `This computer has no address ${bindAddress} now. Choose another address to listen on.`;
    default:
      return `Port ${port} of this computer could not be opened (${errorCode(error)}).`;
  }
}

/** A server opens no port: it gives no reason. */
export function notOpenedThere({ port, bindAddress }: ForwardOrder, user: string): string {
  const reasons = [
    ...(port === 0 ? [] : ['the port is in use there']),
    ...(port > 0 && port < 1024 && user !== 'root' ? ['ports below 1024 are for root'] : []),
    'its sshd_config forbids it (AllowTcpForwarding, PermitListen)',
  ];
  const what = port === 0 ? 'any port' : `port ${port}`;
  return `The server did not open ${what} on ${bindAddress}, and does not say why: ${reasons.join(', or ')}.`;
}

/** Why a server did not connect; ssh2 gives the reason by number (RFC 4254, section 5.1). */
export function notConnectedThere(destination: Destination, error: Error): string {
  const where = hostAndPort(destination);
  if (reasonOf(error) === 1)
    return `The server does not allow connections to ${where}. Its sshd_config forbids them (AllowTcpForwarding, PermitOpen).`;
  const words = displayLines(error.message.replace(/^\(SSH\) Channel open failure: /, ''), 200);
  return `The server could not connect to ${where} (“${words.replaceAll('\n', ' ')}”). Check that a program listens there.`;
}

/** What a program is told of it by SOCKS. */
export function socksReasonOf(error: Error): number {
  if (reasonOf(error) === 1) return socksReplies.notAllowed;
  return /refused/i.test(error.message) ? socksReplies.refused : socksReplies.unreachable;
}

/** Why this computer did not connect to where a remote forward leads. */
export function notConnectedHere(destination: Destination, code: string): string {
  const where = hostAndPort(destination);
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens on ${where}, as seen from this computer. Start the program that is meant, or change the port.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This computer could not find the name ${destination.host}.`;
    case 'ETIMEDOUT':
      return `${where} did not answer this computer.`;
    default:
      return `This computer could not connect to ${where} (${code}).`;
  }
}

const reasonOf = (error: Error): unknown => ('reason' in error ? error.reason : null);
