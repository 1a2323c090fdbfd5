import type { InstanceId, ProjectId } from '../../../preload/contract/brands.ts';

/** An instance as the API says it, decoded and nothing more: the monitor derives what is shown. */
export interface InstanceRecord {
  readonly id: InstanceId;
  readonly name: string;
  readonly hostname: string | null;
  /** The API's own word; empty where there was none. */
  readonly status: string;
  readonly planSlug: string | null;
  readonly vcpu: number | null;
  readonly ramGb: number | null;
  readonly storageGb: number | null;
  /** Null while it is being provisioned. */
  readonly mainIp: string | null;
  readonly addresses: readonly string[];
  readonly projectId: ProjectId | null;
  readonly osName: string | null;
  readonly billedTillMs: number | null;
  readonly createdAtMs: number | null;
  /** A sign that it is going to be deleted. The reference names no field, so false proves nothing. */
  readonly isDeletionPending: boolean;
  readonly deletionAtMs: number | null;
  /** A change of plan waits for a reboot. The reference names no field, so false proves nothing. */
  readonly isRebootPending: boolean;
}
