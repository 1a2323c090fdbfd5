import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { ConnectionSettings, SessionPhase } from '../../preload/contract/terminal.ts';

/** Everything that the ssh process needs for one session; `host` is settled, the secret is from the keychain. */
export interface SessionTarget {
  readonly sessionId: SessionId;
  readonly instanceId: InstanceId;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly auth: ConnectionSettings['auth'];
  /** A password or passphrase that the person asked to keep; null where none is kept. */
  readonly savedSecret: string | null;
}

/** Main → ssh process. An `attach` brings the renderer's MessagePort with it. */
export type ToSshProcess =
  | {
      readonly type: 'start';
      /** Absolute path of the known_hosts file that the app writes; OpenSSH can read it. */
      readonly knownHostsPath: string;
      /** Read as well, never written: the person's own ~/.ssh/known_hosts. */
      readonly readOnlyKnownHostsPaths: readonly string[];
      readonly scrollbackBytes: number;
    }
  | { readonly type: 'open'; readonly target: SessionTarget }
  | { readonly type: 'attach'; readonly sessionId: SessionId }
  | { readonly type: 'close'; readonly sessionId: SessionId }
  | { readonly type: 'forget-host-key'; readonly host: string; readonly port: number }
  /** The machine woke: probe every session now. */
  | { readonly type: 'resumed' };

/** Ssh process → main. */
export type FromSshProcess =
  | { readonly type: 'ready' }
  | {
      readonly type: 'state';
      readonly sessionId: SessionId;
      readonly state: SessionPhase;
      readonly sinceMs: number;
    }
  /** The secret worked and the person asked to keep it: into the keychain, then dropped. */
  | { readonly type: 'remember-secret'; readonly instanceId: InstanceId; readonly secret: string }
  /** The kept secret was refused by the server: it is wrong now, forget it. */
  | { readonly type: 'secret-refused'; readonly instanceId: InstanceId };
