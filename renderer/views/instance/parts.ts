import type { Component } from 'svelte';
import type { ConversationId, InstanceId } from '../../../preload/contract/brands.ts';
import type { InstanceTab } from '../../../preload/contract/pages.ts';

/** What each part of an instance's page gets. */
export interface PartProps {
  readonly instanceId: InstanceId;
  /** The conversation that a link leads to. */
  readonly conversationId?: ConversationId | undefined;
}

/** A tab of an instance's page; its content is loaded when it is first shown. */
export interface InstancePart {
  readonly value: InstanceTab;
  readonly label: string;
  readonly load: () => Promise<{ readonly default: Component<PartProps> }>;
}

/** The parts of the page, in the order of their tabs; a link to one that is not here leads to the first. */
export const parts: readonly [InstancePart, ...InstancePart[]] = [
  { value: 'overview', label: 'Overview', load: () => import('./InstanceOverview.svelte') },
  { value: 'agent', label: 'Agent', load: () => import('../agent/InstanceAgent.svelte') },
  { value: 'ports', label: 'Ports', load: () => import('../ports/InstancePorts.svelte') },
  { value: 'shield', label: 'Shield', load: () => import('../shield/InstanceShield.svelte') },
  {
    value: 'system',
    label: 'Plan & system',
    load: () => import('../instance-system/InstanceSystem.svelte'),
  },
];
