import type { InstanceId, OsTemplateId } from '../../preload/contract/brands.ts';
import type { Result } from '../../preload/contract/result.ts';
import { ok } from '../../preload/contract/result.ts';
import { checkAction, sendOnce, type InstanceDependencies, type Sent } from './send-once.ts';

/** What an instance is built again with. */
export interface ReinstallRequest {
  readonly instanceId: InstanceId;
  readonly osTemplateId: OsTemplateId;
  /** The label under which the API files it. */
  readonly osName: string;
}

/** What is told of a reinstall that has left, or may have. */
export interface ReinstallDependencies extends InstanceDependencies {
  /** Its system is another from now on: it shows another host key, and takes no password of before. */
  readonly onNewSystem: (instanceId: InstanceId) => void;
}

/** Builds an instance's system again, which erases its data. Errors: `refused` (also for a lock), `busy`, the API's. */
export async function reinstallInstance(
  dependencies: ReinstallDependencies,
  { instanceId, osTemplateId, osName }: ReinstallRequest,
): Promise<Result<Sent<undefined>>> {
  const { client, monitor, onNewSystem } = dependencies;
  const checked = checkAction(dependencies, instanceId, 'reinstall');
  if (!checked.ok) return checked;
  const sent = await sendOnce(monitor, instanceId, 'reinstall', () =>
    client.request('instances.reinstall', {
      path: { id: instanceId },
      body: { os_template_id: osTemplateId, os_name: osName },
    }),
  );
  if (!sent.ok) return sent;
  onNewSystem(instanceId);
  return ok(sent.value.kind === 'lost' ? { kind: 'lost' } : { kind: 'dispatched', value: undefined });
}
