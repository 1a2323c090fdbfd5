import type { AttachmentSource } from '../../preload/contract/agent-attachment.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { terminalDock } from './dock.svelte.ts';
import { router } from './router.svelte.ts';

/** What is to be attached to the next message to an instance's agent, asked from wherever it is seen. */
class AgentAttaching {
  #asked = $state.raw<{ readonly instanceId: InstanceId; readonly source: AttachmentSource } | null>(null);

  /** Goes to the agent of an instance, which shows what would be attached. */
  ask(instanceId: InstanceId, source: AttachmentSource): void {
    this.#asked = { instanceId, source };
    terminalDock.restore();
    router.go({ page: 'instance', instanceId, tab: 'agent' });
  }

  /** What was asked for an instance; null where nothing was. */
  askedFor(instanceId: InstanceId): AttachmentSource | null {
    return this.#asked?.instanceId === instanceId ? this.#asked.source : null;
  }

  /** It is shown: it is not asked again. */
  shown(): void {
    this.#asked = null;
  }
}

export const agentAttaching = new AgentAttaching();
