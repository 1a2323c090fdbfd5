import { isAddress, isHost } from '../../../preload/contract/host.ts';
import type {
  PortForward,
  PortForwardKind,
  PortForwardSettings,
} from '../../../preload/contract/port-forwards.ts';

/** Which addresses a port is open on: this computer's own, all of it, or one that is typed. */
export type ListenOn = 'own' | 'every' | 'other';

/** A port forward as it is typed. */
export interface PortDraft {
  kind: PortForwardKind;
  name: string;
  listenOn: ListenOn;
  bindAddress: string;
  port: string;
  host: string;
  destinationPort: string;
  startsWithApp: boolean;
}

/** What is wrong with which field, and what to type. */
export type PortErrors = Partial<Record<'bindAddress' | 'port' | 'host' | 'destinationPort', string>>;

const ownAddress = '127.0.0.1';
const everyAddress = '0.0.0.0';

/** The draft that the form begins with. */
export function portDraft(forward: PortForward | null): PortDraft {
  const bindAddress = forward?.bindAddress ?? ownAddress;
  return {
    kind: forward?.kind ?? 'local',
    name: forward?.name ?? '',
    listenOn: bindAddress === ownAddress ? 'own' : bindAddress === everyAddress ? 'every' : 'other',
    bindAddress,
    port: forward === null ? '' : String(forward.port),
    host: forward?.destination?.host ?? 'localhost',
    destinationPort: String(forward?.destination?.port ?? ''),
    startsWithApp: forward?.startsWithApp ?? false,
  };
}

/** Reads a draft: what is to be kept, or what is wrong. */
export function readPort(
  draft: PortDraft,
):
  | { readonly ok: true; readonly settings: PortForwardSettings }
  | { readonly ok: false; readonly errors: PortErrors } {
  const { kind, listenOn, startsWithApp } = draft;
  const name = draft.name.trim();
  const bindAddress =
    listenOn === 'own' ? ownAddress : listenOn === 'every' ? everyAddress : draft.bindAddress.trim();
  const host = draft.host.trim();
  const isDynamic = kind === 'dynamic';
  const destinationPort = isDynamic ? 0 : numberIn(draft.destinationPort, 1);
  // As ssh(1) is used most: the port is the same on both sides.
  const port = draft.port.trim() === '' && !isDynamic ? destinationPort : numberIn(draft.port, 0);
  const errors: PortErrors = {
    ...(!isAddress(bindAddress) && {
      bindAddress: 'Enter an IPv4 or IPv6 address, such as 192.168.1.20 or ::1.',
    }),
    // Empty it is the other one, whose error is said there.
    ...(port === null &&
      (isDynamic || draft.port.trim() !== '') && {
        port: 'Enter a port from 1 to 65535, or 0 for any free one.',
      }),
    ...(!isDynamic && !isHost(host) && { host: 'Enter a host name or an address, such as localhost.' }),
    ...(destinationPort === null && { destinationPort: 'Enter a port from 1 to 65535.' }),
  };
  if (port === null || destinationPort === null || Object.keys(errors).length > 0)
    return { ok: false, errors };
  const destination = isDynamic ? null : { host, port: destinationPort };
  return { ok: true, settings: { name, kind, bindAddress, port, destination, startsWithApp } };
}

/** Who else can use the port, as a warning; null where nobody can. */
export function reachWarning({ kind, listenOn, bindAddress }: PortDraft): string | null {
  const address = listenOn === 'other' ? bindAddress.trim() : listenOn;
  if (address === 'own' || address === '::1' || address.startsWith('127.')) return null;
  return kind === 'remote'
    ? 'Reachable by everybody who reaches the instance, without a password. Its sshd_config has to allow it (GatewayPorts clientspecified).'
    : 'Reachable from other computers in your network, without a password.';
}

/** What is to know of the port that is typed. */
export function portHint({ kind, port }: PortDraft): string | null {
  const typed = numberIn(port, 1);
  if (typed !== null && typed < 1024)
    return kind === 'remote'
      ? 'Below 1024 only root may open it on the instance.'
      : 'Below 1024 this computer may ask for administrator rights.';
  return kind === 'dynamic' ? '0 takes any free port.' : 'Empty: the same port. 0 takes any free one.';
}

function numberIn(text: string, least: 0 | 1): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const value = Number(text.trim());
  return value >= least && value <= 65_535 ? value : null;
}
