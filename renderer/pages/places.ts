import Bot from '@lucide/svelte/icons/bot';
import History from '@lucide/svelte/icons/history';
import KeyRound from '@lucide/svelte/icons/key-round';
import KeySquare from '@lucide/svelte/icons/key-square';
import Server from '@lucide/svelte/icons/server';
import Settings from '@lucide/svelte/icons/settings';
import Shield from '@lucide/svelte/icons/shield';
import Wallet from '@lucide/svelte/icons/wallet';
import type { Route } from '../../preload/contract/app.ts';
import { countByKind, needsAttention } from '../../preload/contract/attention.ts';
import { formatCents, formatWhole } from '../../preload/contract/format.ts';
import { stateKinds } from '../../preload/contract/instance.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { NavGroup } from '../components/layout/nav.ts';
import { hrefOf } from '../state/route-hash.ts';

/** The places of the sidebar, with what each has to say. */
export function places(snapshot: Snapshot | null): readonly NavGroup[] {
  const counts = countByKind(snapshot?.instances ?? []);
  const count = stateKinds.filter(needsAttention).reduce((sum, kind) => sum + counts[kind], 0);
  const words = count === 1 ? '1 server needs attention' : `${formatWhole(count)} servers need attention`;
  const balanceCents = snapshot?.balanceCents ?? null;
  return [
    [
      {
        id: 'instances',
        label: 'Instances',
        icon: Server,
        href: hrefOf({ page: 'instances' }),
        attention: { count, words },
      },
      { id: 'shield', label: 'Shield', icon: Shield, href: hrefOf({ page: 'shield' }) },
      { id: 'agent', label: 'Agent', icon: Bot, href: hrefOf({ page: 'agent' }) },
      {
        id: 'wallet',
        label: 'Wallet',
        icon: Wallet,
        href: hrefOf({ page: 'wallet' }),
        figure: balanceCents === null ? null : formatCents(balanceCents),
      },
    ],
    [
      { id: 'activity', label: 'Activity', icon: History, href: hrefOf({ page: 'activity' }) },
      { id: 'ssh-keys', label: 'SSH keys', icon: KeyRound, href: hrefOf({ page: 'ssh-keys' }) },
      { id: 'api-tokens', label: 'API tokens', icon: KeySquare, href: hrefOf({ page: 'api-tokens' }) },
      { id: 'settings', label: 'Settings', icon: Settings, href: hrefOf({ page: 'settings' }) },
    ],
  ];
}

/** The place of the sidebar that a route belongs to. */
export function placeOf({ page }: Route): string {
  return page === 'instance' || page === 'create' ? 'instances' : page;
}
