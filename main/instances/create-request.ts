import type { NewServer } from '../../preload/contract/create.ts';
import type { EndpointInput } from '../api/index.ts';

/** A creation in the API's words. */
export function requestOf(server: NewServer): EndpointInput<'instances.create'> {
  return {
    body: {
      name: server.name,
      hostname: server.hostname,
      project_id: server.projectId,
      package_id: server.packageId,
      category: server.category,
      os_template_id: server.osTemplateId,
      os_name: server.osName,
      billing_cycle: server.cycle,
      ssh_key_ids: server.sshKeyIds,
    },
  };
}
