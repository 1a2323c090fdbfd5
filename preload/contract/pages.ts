/**
 * The pages that are shown as they are, without saying of what. A page's name is its path: `#/wallet` in the window,
 * `evorxa://wallet` from outside.
 */
export const plainPages = [
  'instances',
  'create',
  'agent',
  'wallet',
  'activity',
  'ports',
  'ssh-keys',
  'known-hosts',
  'api-tokens',
  'settings',
  'about',
] as const;

/** The tabs of an instance's page; a link without one leads to the first. */
export const instanceTabs = ['overview', 'agent', 'ports', 'shield', 'system'] as const;
/** A tab of an instance's page. */
export type InstanceTab = (typeof instanceTabs)[number];
