import { canonicalAddress } from '../../preload/contract/address.ts';

/** Both ends of an SSH connection, as its server sees them; addresses in their one form. */
export interface SshConnectionEnds {
  readonly clientAddress: string;
  readonly serverAddress: string;
  readonly serverPort: number;
}

const form = /^([0-9a-f.:]+)(?:%\w{1,32})? (\d{1,5}) ([0-9a-f.:]+)(?:%\w{1,32})? (\d{1,5})$/i;

/**
 * Reads SSH_CONNECTION: "client address, client port, server address, server port" (sshd(8)). A zone behind an IPv6
 * address is left out, IPv4 inside IPv6 is IPv4. Null for all else, as sshd's "UNKNOWN 65535 …".
 */
export function readSshConnection(text: string): SshConnectionEnds | null {
  const [, client = '', clientPort = '', server = '', serverPort = ''] = form.exec(text.trim()) ?? [];
  const clientAddress = canonicalAddress(client);
  const serverAddress = canonicalAddress(server);
  if (clientAddress === null || serverAddress === null || !isPort(clientPort) || !isPort(serverPort))
    return null;
  return { clientAddress, serverAddress, serverPort: Number(serverPort) };
}

const isPort = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 65_535;
