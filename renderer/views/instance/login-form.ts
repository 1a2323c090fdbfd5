import { safeParse } from 'zod/mini';
import { sshSettings, type SshSettings } from '../../../preload/contract/terminal.ts';

/** How the user proves who they are. */
export type AuthMethod = SshSettings['auth']['method'];
/** The fields that can be wrong. */
export type LoginField = 'host' | 'port' | 'user' | 'path';

/** SSH settings as a form holds them while they are typed. */
export interface LoginDraft {
  /** Empty: the instance's main address. */
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly method: AuthMethod;
  /** Of the key file; kept while another method is looked at. */
  readonly path: string;
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
export function loginDraft({ host, port, user, auth }: SshSettings): LoginDraft {
  return {
    host: host ?? '',
    port: String(port),
    user,
    method: auth.method,
    path: auth.method === 'key-file' ? auth.path : '',
  };
}

/** Reads a draft by the contract's own rules. */
export function readLogin({ host, port, user, method, path }: LoginDraft): LoginOutcome {
  const candidate = {
    host: host.trim() === '' ? null : host.trim(),
    port: /^\d+$/.test(port.trim()) ? Number(port) : port,
    user: user.trim(),
    auth: method === 'key-file' ? { method, path: path.trim() } : { method },
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
    },
  };
}

/** "root · id_ed25519": who logs in, and by what. */
export function loginInWords({ user, auth }: SshSettings): string {
  const how = auth.method === 'key-file' ? fileName(auth.path) : authWords[auth.method].short;
  return `${user} · ${how}`;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}
