import type { InstanceRecord } from '../state/instances.ts';
import type { World } from '../state/world.ts';
import { ApiFailure, notFound, type ApiRequest } from './handler.ts';

/** The server that the path names; 404 when it is unknown or deleted. */
export function findInstance(world: World, { params }: ApiRequest): InstanceRecord {
  const record = world.instances.get(params['id'] ?? '');
  if (!record) throw notFound('Instance');
  return record;
}

/** The server that the path names, unless it is suspended (403) or still being built (422). */
export function findUsableInstance(world: World, request: ApiRequest): InstanceRecord {
  const record = findInstance(world, request);
  if (record.status === 'suspended') throw new ApiFailure(403, 'This instance is suspended.');
  if (record.status === 'provisioning') {
    throw new ApiFailure(422, 'This instance is still being provisioned.');
  }
  return record;
}
