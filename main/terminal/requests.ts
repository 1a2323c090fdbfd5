import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { KnownHostList } from '../../preload/contract/known-hosts.ts';
import type { SshConnectionEnds } from '../ssh/index.ts';

/** Something that the ssh process is asked besides sessions, and answers once. */
export type SshRequest =
  | {
      readonly kind: 'list-known-hosts';
      /** The addresses under which instances may be filed. */
      readonly addresses: readonly {
        readonly instanceId: InstanceId;
        readonly host: string;
        readonly port: number;
      }[];
    }
  | { readonly kind: 'forget-known-host'; readonly lineId: string }
  /** Takes back all keys that were trusted for a host in the app's own file. */
  | { readonly kind: 'forget-host-key'; readonly host: string; readonly port: number }
  /** From where does the server of a session see it? */
  | { readonly kind: 'ends'; readonly sessionId: SessionId };

/** What each of them is answered with. */
export interface SshAnswers {
  readonly 'list-known-hosts': KnownHostList;
  readonly 'forget-known-host': undefined;
  readonly 'forget-host-key': undefined;
  readonly ends: SshConnectionEnds | null;
}
