import Download from '@lucide/svelte/icons/download';
import Info from '@lucide/svelte/icons/info';
import Keyboard from '@lucide/svelte/icons/keyboard';
import LockKeyhole from '@lucide/svelte/icons/lock-keyhole';
import Monitor from '@lucide/svelte/icons/monitor';
import Moon from '@lucide/svelte/icons/moon';
import PanelBottom from '@lucide/svelte/icons/panel-bottom';
import Plus from '@lucide/svelte/icons/plus';
import RadioTower from '@lucide/svelte/icons/radio-tower';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Sun from '@lucide/svelte/icons/sun';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Account } from '../../preload/contract/account.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { client } from '../client.ts';
import type { NavGroup } from '../components/layout/nav.ts';
import { broadcast } from '../session/broadcast.svelte.ts';
import { canType } from '../session/typeable.ts';
import { appLock, sessions } from '../state/app.svelte.ts';
import { terminalDock } from '../state/dock.svelte.ts';
import { act } from '../state/act.ts';
import { diagnostics } from '../state/diagnostics.svelte.ts';
import { router } from '../state/router.svelte.ts';
import { shortcuts } from '../state/shortcuts.svelte.ts';
import type { Command } from './command.ts';

/** The places of the sidebar as commands. */
export function pageCommands(groups: readonly NavGroup[]): readonly Command[] {
  return groups.flat().map(({ id, label, icon, href }) => ({
    id: `page ${id}`,
    label,
    detail: 'Page',
    icon,
    run: () => {
      window.location.hash = href;
    },
  }));
}

const themes: readonly {
  readonly theme: Settings['theme'];
  readonly label: string;
  readonly icon: typeof Sun;
}[] = [
  { theme: 'light', label: 'Theme: Light', icon: Sun },
  { theme: 'dark', label: 'Theme: Dark', icon: Moon },
  { theme: 'system', label: 'Theme: System', icon: Monitor },
];

/** What can be done with the app itself. */
export function appCommands(
  accounts: readonly Account[],
  currentId: Account['id'] | null,
): readonly Command[] {
  return [
    {
      id: 'create',
      label: 'Create instance',
      detail: 'Instances',
      icon: Plus,
      run: () => router.go({ page: 'create' }),
    },
    {
      id: 'refresh',
      label: 'Refresh',
      detail: 'App',
      icon: RefreshCw,
      run: () =>
        void act(client.snapshot.refresh(undefined), { message: 'Refreshed.' }, { about: 'Refresh' }),
    },
    ...(appLock.current?.isSet === true
      ? [
          {
            id: 'lock',
            label: 'Lock Evorxa',
            detail: 'App',
            icon: LockKeyhole,
            run: () => void client.appLock.lock(undefined),
          },
        ]
      : []),
    {
      id: 'dock',
      label: terminalDock.isOpen ? 'Hide terminals' : 'Show terminals',
      detail: 'App',
      icon: PanelBottom,
      run: () => terminalDock.toggle(),
    },
    {
      id: 'broadcast',
      label: 'Type into several terminals',
      detail: 'Terminals',
      icon: RadioTower,
      disabledReason: (sessions.current ?? []).filter(canType).length < 2 ? 'Open two terminals first' : null,
      run: () => (broadcast.isChoosing = true),
    },
    {
      id: 'shortcuts',
      label: 'Keyboard shortcuts',
      detail: 'App',
      icon: Keyboard,
      run: () => (shortcuts.isOpen = true),
    },
    {
      id: 'about',
      label: 'About Evorxa',
      detail: 'App',
      icon: Info,
      run: () => router.go({ page: 'about' }),
    },
    {
      id: 'updates',
      label: 'Check for updates',
      detail: 'App',
      icon: Download,
      run: () => {
        router.go({ page: 'about' });
        void act(client.updates.check(undefined), null, { about: 'Check for updates' });
      },
    },
    {
      id: 'diagnostics',
      label: 'Diagnostics',
      detail: 'App',
      icon: Stethoscope,
      run: () => {
        router.go({ page: 'about' });
        diagnostics.isOpen = true;
      },
    },
    ...themes.map(({ theme, label, icon }) => ({
      id: `theme ${theme}`,
      label,
      detail: 'App',
      icon,
      run: () => void act(client.settings.update({ theme }), null, { about: label }),
    })),
    ...accounts
      .filter(({ id }) => id !== currentId)
      .map(({ id, name }) => ({
        id: `account ${id}`,
        label: `Switch to ${name}`,
        detail: 'Account',
        icon: UserRound,
        run: () =>
          void act(client.accounts.switchTo({ accountId: id }), null, { about: `Switch to ${name}` }),
      })),
  ];
}
