import type { LucideIcon } from '@lucide/svelte';

/**
 * An icon component, imported alone by its path so that the bundle holds only what is drawn:
 * `import Server from '@lucide/svelte/icons/server'`.
 */
export type Icon = LucideIcon;
