import { powerKind } from '../../preload/contract/instance.ts';
import { assertNever } from '../../preload/contract/result.ts';
import type { GreetingFinding, PortFinding } from '../terminal/index.ts';
import type { Evidence, Found } from './evidence.ts';

const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

const codes: ReadonlyMap<string, readonly [what: string, next: string]> = new Map([
  ['EHOSTUNREACH', ['there is no route to it', 'Check this computer’s network, a VPN and the address.']],
  [
    'ENETUNREACH',
    ['this computer has no network that leads there', 'Check its network; for IPv6, whether it has IPv6.'],
  ],
  ['ENETDOWN', ['this computer has no network', 'Connect it to a network.']],
  ['EACCES', ['this computer does not allow it', 'Check its own firewall.']],
  ['EPERM', ['this computer does not allow it', 'Check its own firewall.']],
  [
    'ECONNRESET',
    ['the connection was cut at once', 'Something in between, or the server, refuses this address.'],
  ],
]);

/** What a port says of itself. */
export function portFound(port: PortFinding, where: string, { shield, instance }: Evidence): Found {
  switch (port.kind) {
    case 'open':
      return { state: 'ok', finding: `${where} takes connections (after ${port.tookMs} ms).` };
    case 'refused':
      return {
        state: 'problem',
        finding: `${where} refuses the connection: the machine is there, and nothing listens on this port.`,
        next: 'Check the port in the SSH settings. If it is right, start the SSH server from the console: systemctl start ssh (or sshd).',
        action: { kind: 'ssh-settings' },
      };
    case 'timeout': {
      const isBlocked = shield?.kind === 'judged' && shield.reach !== 'allow';
      return {
        state: 'problem',
        finding: `${where} does not answer: no reply within ${seconds(port.afterMs)}. A firewall drops the packets, or the address is wrong or not in use.`,
        next: isBlocked
          ? 'Shield’s rules are the likely cause: see above.'
          : powerKind(instance.state) === 'running'
            ? 'Look for a firewall on the instance itself from the console (ufw status, nft list ruleset), and at the network that you are in.'
            : 'Check that the instance runs.',
        action: isBlocked ? { kind: 'shield', ipId: shield.ipId } : { kind: 'console' },
      };
    }
    case 'unreachable': {
      const [what, next] = codes.get(port.code) ?? [
        `the system says ${port.code}`,
        'Check this computer’s network.',
      ];
      return { state: 'problem', finding: `${where} cannot be reached: ${what}.`, next };
    }
    default:
      return assertNever(port);
  }
}

/** What answers behind the port. */
export function greetingFound(greeting: GreetingFinding, where: string, port: number): Found {
  switch (greeting.kind) {
    case 'ssh':
      return { state: 'ok', finding: `An SSH server answers: ${greeting.version}.` };
    case 'refuses':
      return {
        state: 'problem',
        finding: `The SSH server takes nobody from this computer’s address for now (“${greeting.words}”).`,
        next: 'There were too many failed sign-ins, or too many connections at once. Wait a minute, then connect again.',
      };
    case 'other':
      return {
        state: 'problem',
        finding: `What answers at ${where} is no SSH server. It says “${greeting.words}”.`,
        next:
          port === 22
            ? 'See from the console what listens there: ss -ltnp.'
            : 'Check the port in the SSH settings.',
        action: { kind: port === 22 ? 'console' : 'ssh-settings' },
      };
    case 'silent':
      return {
        state: 'problem',
        finding: `${where} takes the connection and says nothing for ${seconds(greeting.afterMs)}.`,
        next: 'The instance may be overloaded, or something in between holds the connection. See its screen in the console.',
        action: { kind: 'console' },
      };
    case 'closed':
      return {
        state: 'problem',
        finding: `${where} takes the connection and hangs up without a word.`,
        next: 'The server may refuse this address (hosts.deny, fail2ban) or fail as it starts. Look at its log from the console: journalctl -u ssh.',
        action: { kind: 'console' },
      };
    default:
      return assertNever(greeting);
  }
}
