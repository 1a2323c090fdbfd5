import type { Cents } from '../../../preload/contract/brands.ts';
import type { InstanceDetail } from '../../../preload/contract/instance.ts';
import type { InstanceRecord } from './instance-record.ts';

/** One instance with what the hypervisor says of it now. The three words for its state can disagree. */
export interface LiveInstance {
  readonly record: InstanceRecord;
  readonly detail: InstanceDetail;
  /** `vf_state`, as it came. */
  readonly vfState: string | null;
}

/** The instance was created, also where the answer could not be read (`record` is null then). */
export interface CreatedInstance {
  readonly record: InstanceRecord | null;
}

export interface DeletedInstance {
  /** Null where the answer names no refund. */
  readonly refundCents: Cents | null;
}

export interface UpgradedInstance {
  /** Null where the answer names no charge. */
  readonly chargedCents: Cents | null;
}

export interface ReactivatedInstance {
  /** Null where the answer names no charge. */
  readonly chargedCents: Cents | null;
}

/** How to open the console. Both are secrets and change: asked for again each time, never kept. */
export interface VncConsole {
  /** Always `wss:`. */
  readonly url: string;
  readonly password: string | null;
}
