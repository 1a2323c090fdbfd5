import AppWindow from '@lucide/svelte/icons/app-window';
import Columns2 from '@lucide/svelte/icons/columns-2';
import Copy from '@lucide/svelte/icons/copy';
import Equal from '@lucide/svelte/icons/equal';
import ExternalLink from '@lucide/svelte/icons/external-link';
import FileText from '@lucide/svelte/icons/file-text';
import RadioTower from '@lucide/svelte/icons/radio-tower';
import Rows2 from '@lucide/svelte/icons/rows-2';
import SquareTerminal from '@lucide/svelte/icons/square-terminal';
import X from '@lucide/svelte/icons/x';
import type { InstanceId, SessionId } from '../../preload/contract/brands.ts';
import { panesOf, type DockLayout } from '../../preload/contract/dock-layout.ts';
import type { MenuItem, MenuSection } from '../components/overlay/menu.ts';
import {
  tabOf,
  withEqualShares,
  withPaneAsTab,
  withPaneBeside,
  withTabMoved,
  withTree,
  type Side,
} from '../state/dock-tree.ts';
import { terminalDock } from '../state/dock.svelte.ts';
import { copySshCommand, openOutside } from '../state/outside-terminal.ts';
import { shownKeys } from './dock-keys.ts';

interface PaneMenuOptions {
  readonly layout: DockLayout<SessionId>;
  readonly pane: SessionId;
  readonly isMac: boolean;
  readonly titleOf: (id: SessionId) => string;
  /** Whether what is typed here goes to others too; null for what nobody can type into together. */
  readonly isBroadcast: boolean | null;
  /** The instance that it is on. */
  readonly instanceId: InstanceId;
  /** Whether it is logged to a file; what begins or ends that. */
  readonly isLogged: boolean;
  readonly onLog: () => void;
  readonly onSnippet: () => void;
  readonly onBroadcast: () => void;
  readonly onSplit: (side: 'right' | 'down') => void;
  readonly onClose: () => void;
}

/** What can be done with the pane in front by keys alone: all that a drag does, too. */
export function paneMenu(options: PaneMenuOptions): readonly MenuSection[] {
  const {
    layout,
    pane,
    isMac,
    titleOf,
    isBroadcast,
    instanceId,
    isLogged,
    onLog,
    onSnippet,
    onBroadcast,
    onSplit,
    onClose,
  } = options;
  const tab = tabOf(layout, pane);
  if (tab === undefined) return [];
  const index = layout.tabs.indexOf(tab);
  const isSplit = tab.tree.type === 'split';
  const lone = 'It is the only pane of this tab.';
  const beside = (front: SessionId, side: Side): MenuItem => ({
    label: `${side === 'right' ? 'Right of' : 'Below'} ${titleOf(front)}`,
    onSelect: () => terminalDock.change((each) => withPaneBeside(each, pane, front, side)),
  });
  const others = layout.tabs.filter((each) => each !== tab);
  return [
    {
      items: [
        {
          label: 'Split right',
          icon: Columns2,
          keys: shownKeys('splitRight', isMac),
          onSelect: () => onSplit('right'),
        },
        {
          label: 'Split down',
          icon: Rows2,
          keys: shownKeys('splitDown', isMac),
          onSelect: () => onSplit('down'),
        },
        {
          label: 'Make all the same size',
          icon: Equal,
          disabledReason: isSplit ? null : lone,
          onSelect: () => terminalDock.change((each) => withTree(each, pane, withEqualShares)),
        },
      ],
    },
    {
      items: [
        {
          label: 'Move to a tab of its own',
          icon: AppWindow,
          disabledReason: isSplit ? null : lone,
          onSelect: () => terminalDock.change((each) => withPaneAsTab(each, pane, index + 1)),
        },
        {
          label: 'Move tab to the left',
          disabledReason: index === 0 ? 'It is the first tab.' : null,
          onSelect: () => terminalDock.change((each) => withTabMoved(each, pane, index - 1)),
        },
        {
          label: 'Move tab to the right',
          disabledReason: index === layout.tabs.length - 1 ? 'It is the last tab.' : null,
          onSelect: () => terminalDock.change((each) => withTabMoved(each, pane, index + 2)),
        },
      ],
    },
    {
      items: [
        {
          label: 'Run a snippet…',
          icon: SquareTerminal,
          keys: shownKeys('snippets', isMac),
          disabledReason: isBroadcast === null ? 'It is no terminal.' : null,
          onSelect: onSnippet,
        },
        {
          label: isBroadcast === true ? 'Change the broadcast…' : 'Type into several terminals…',
          icon: RadioTower,
          keys: shownKeys('broadcast', isMac),
          disabledReason: isBroadcast === null ? 'It is no terminal.' : null,
          onSelect: onBroadcast,
        },
        {
          label: isLogged ? 'Stop the log' : 'Log to file…',
          icon: FileText,
          disabledReason: isBroadcast === null ? 'It is no terminal.' : null,
          onSelect: onLog,
        },
        {
          label: 'Open in the system’s terminal',
          icon: ExternalLink,
          onSelect: () => void openOutside(instanceId),
        },
        { label: 'Copy the SSH command', icon: Copy, onSelect: () => void copySshCommand(instanceId) },
      ],
    },
    ...(others.length === 0
      ? []
      : [
          {
            heading: 'Move into another tab',
            items: others.slice(0, 8).flatMap(({ front }) => [beside(front, 'right'), beside(front, 'down')]),
          },
        ]),
    {
      items: [
        {
          label: panesOf(tab.tree).length > 1 ? 'Close this pane' : 'Close this tab',
          icon: X,
          keys: shownKeys('close', isMac),
          onSelect: onClose,
        },
      ],
    },
  ];
}
