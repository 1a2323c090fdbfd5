import * as z from 'zod/mini';
import type { InstanceId } from '../../preload/contract/brands.ts';
import {
  portForwardSettings,
  type PortForwardId,
  type PortForwardSettings,
} from '../../preload/contract/port-forwards.ts';
import { instanceId } from '../../preload/contract/watch.ts';
import { createAccountStore, readableList, type AccountFiles } from '../storage/index.ts';

/** A port forward as it is kept: nothing of it is a secret. */
export interface KeptForward {
  readonly id: PortForwardId;
  readonly instanceId: InstanceId;
  readonly settings: PortForwardSettings;
}

const keptForward: z.ZodMiniType<KeptForward> = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<PortForwardId>,
  instanceId,
  settings: portForwardSettings,
});

/** Opens the port forwards under the key `portForwards` of the account files; what cannot be read is left out. */
export function createForwardStore(files: AccountFiles) {
  return createAccountStore<readonly KeptForward[]>({
    files,
    key: 'portForwards',
    schema: readableList(keptForward),
    empty: [],
  });
}
