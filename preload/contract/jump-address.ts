import { isHost } from './host.ts';

/** Where a jump host is reached, as `ProxyJump` and `ssh -J` write it. */
export interface JumpAddress {
  readonly host: string;
  /** Null: what ~/.ssh/config says of it, or 22. */
  readonly port: number | null;
  /** Null: what ~/.ssh/config says of it, or this computer's user. */
  readonly user: string | null;
}

/**
 * Reads a list of jump hosts, the first one to be reached first: `host`, `user@host:port`, `[IPv6]:port`,
 * `ssh://user@host:port`, with commas in between; `none` for no jump host. Null where it cannot be read.
 */
export function readJumpAddresses(text: string): readonly JumpAddress[] | null {
  if (text.toLowerCase() === 'none') return [];
  const all = text.split(',').map((each) => readUri(each) ?? readPlain(each));
  return all.every((each) => each !== null) ? all : null;
}

/** Whether a text names jump hosts that can be connected to. */
export function isJumpHosts(text: string): boolean {
  const hosts = readJumpAddresses(text) ?? [];
  return hosts.length > 0 && hosts.every(({ host, user }) => isHost(host) && isUser(user ?? 'x'));
}

/** Whether a text can be a user's name: no space and nothing invisible in it. */
export function isUser(text: string): boolean {
  return text.length <= 64 && /^[^\s\p{C}]+$/u.test(text);
}

/** The way back: as `readJumpAddresses` and ssh(1) read it. */
export function jumpAddressText({ host, port, user }: JumpAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${user === null ? '' : `${user}@`}${name}${port === null ? '' : `:${port}`}`;
}

function readPlain(text: string): JumpAddress | null {
  const at = text.lastIndexOf('@');
  const user = at < 0 ? null : text.slice(0, at);
  const [, bracketed, plain, port] =
    /^(?:\[([^\]]+)\]|([^:/[\]]+))(?::(\d*))?$/.exec(text.slice(at + 1)) ?? [];
  const host = bracketed ?? plain;
  if (user === '' || host === undefined) return null;
  return withPort(host, user, port);
}

/** `ssh://…`; null for any other text. */
function readUri(text: string): JumpAddress | null {
  const [, authority] = /^ssh:\/\/([^/]*)\/?$/.exec(text) ?? [];
  if (authority === undefined) return null;
  const at = authority.lastIndexOf('@');
  // What follows a semicolon are parameters of the connection (draft-ietf-secsh-scp-sftp-ssh-uri).
  const user = at < 0 ? null : decoded(authority.slice(0, at).replace(/;.*$/s, ''));
  const read = readPlain(authority.slice(at + 1));
  return read === null || user === '' || (at >= 0 && user === null) ? null : { ...read, user };
}

function withPort(host: string, user: string | null, port: string | undefined): JumpAddress | null {
  if (port === undefined || port === '') return { host, port: null, user };
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? { host, port: number, user } : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
