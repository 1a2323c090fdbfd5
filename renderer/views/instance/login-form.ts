import { safeParse } from 'zod/mini';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { sshSettings, type SshSettings } from '../../../preload/contract/terminal.ts';

/** How the user proves who they are. */
export type AuthMethod = SshSettings['auth']['method'];
/** The fields that can be wrong. */
export type LoginField = 'host' | 'port' | 'user' | 'path' | 'jumpHosts';
/** Through what the instance is reached: as ~/.ssh/config says, nothing, what is typed, or the instance of an id. */
export type JumpChoice = 'config' | 'none' | 'hosts' | `instance:${string}`;
/** Whether the SSH agent is forwarded, or ~/.ssh/config says so. */
export type ForwardChoice = 'config' | 'off' | 'on';

/** SSH settings as a form holds them while they are typed. */
export interface LoginDraft {
  /** Empty: the instance's main address. */
  readonly host: string;
  /** Empty: what ~/.ssh/config says, or 22. */
  readonly port: string;
  /** Empty: what ~/.ssh/config says, or root. */
  readonly user: string;
  readonly method: AuthMethod;
  /** Of the key file; kept while another method is looked at. */
  readonly path: string;
  readonly usesConfig: boolean;
  readonly jump: JumpChoice;
  /** `user@host:port`; kept while another choice is looked at. */
  readonly jumpHosts: string;
  readonly forward: ForwardChoice;
}

/** What a draft comes to: settings to save, or a sentence for each field that is wrong. */
export type LoginOutcome =
  | { readonly ok: true; readonly settings: SshSettings }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<LoginField, string>>> };

/** How each method is offered, and what it does. */
export const authWords: Readonly<
  Record<AuthMethod, { readonly label: string; readonly short: string; readonly note: string }>
> = {
  auto: {
    label: 'Automatic',
    short: 'any key or password',
    note: 'The SSH agent, then the usual key files, then a password',
  },
  agent: { label: 'SSH agent', short: 'SSH agent', note: 'Keys in the SSH agent of this computer' },
  'key-file': {
    label: 'Key file',
    short: 'key file',
    note: 'One private key. You are asked for its passphrase',
  },
  password: { label: 'Password', short: 'password', note: 'You are asked for it when connecting' },
};

/** The form's first content. */
export function loginDraft({
  host,
  port,
  user,
  auth,
  usesConfig,
  jump,
  forwardsAgent,
}: SshSettings): LoginDraft {
  return {
    host: host ?? '',
    port: port === null ? '' : String(port),
    user: user ?? '',
    method: auth.method,
    path: auth.method === 'key-file' ? auth.path : '',
    usesConfig: usesConfig ?? true,
    jump:
      jump === undefined ? 'config' : jump.kind === 'instance' ? `instance:${jump.instanceId}` : jump.kind,
    jumpHosts: jump?.kind === 'hosts' ? jump.hosts : '',
    forward: forwardsAgent === undefined ? 'config' : forwardsAgent ? 'on' : 'off',
  };
}

/** Reads a draft by the contract's own rules. */
export function readLogin(draft: LoginDraft): LoginOutcome {
  const { host, port, user, method, path, usesConfig, jump, jumpHosts, forward } = draft;
  const candidate = {
    host: host.trim() === '' ? null : host.trim(),
    port: port.trim() === '' ? null : /^\d+$/.test(port.trim()) ? Number(port) : port,
    user: user.trim() === '' ? null : user.trim(),
    auth: method === 'key-file' ? { method, path: path.trim() } : { method },
    ...(usesConfig ? {} : { usesConfig }),
    ...(jump === 'config' ? {} : { jump: jumpOf(jump, jumpHosts) }),
    ...(forward === 'config' ? {} : { forwardsAgent: forward === 'on' }),
  };
  const parsed = safeParse(sshSettings, candidate);
  if (parsed.success) return { ok: true, settings: parsed.data };
  const fields = new Set(parsed.error.issues.map(({ path: [first] }) => first));
  return {
    ok: false,
    errors: {
      ...(fields.has('host') && { host: 'Enter a hostname or an address, without user and port.' }),
      ...(fields.has('port') && { port: 'Enter a number from 1 to 65535.' }),
      ...(fields.has('user') && { user: 'Enter a user name without spaces.' }),
      ...(fields.has('auth') && { path: 'Enter the path of the private key on this computer.' }),
      ...(fields.has('jump') && { jumpHosts: 'Enter user@host:port. Separate several by commas.' }),
    },
  };
}

function jumpOf(choice: Exclude<JumpChoice, 'config'>, hosts: string): SshSettings['jump'] {
  if (choice === 'none') return { kind: 'none' };
  if (choice === 'hosts') return { kind: 'hosts', hosts: hosts.replaceAll(/\s+/g, '') };
  return { kind: 'instance', instanceId: choice.slice('instance:'.length) as InstanceId };
}

/** "root · id_ed25519": who logs in, and by what. */
export function loginInWords(user: string, { auth }: SshSettings): string {
  const how = auth.method === 'key-file' ? fileName(auth.path) : authWords[auth.method].short;
  return `${user} · ${how}`;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}
