import { describe, expect, it, vi } from 'vitest';
import type { SessionId } from '../../../../preload/contract/brands.ts';
import type { ConsoleSession } from '../../../../preload/contract/console.ts';
import type { TerminalSession } from '../../../../preload/contract/terminal.ts';
import { dockEntries, dockTab } from '../../../../renderer/dock/dock-entry.ts';
import { instanceId } from '../../monitor/builders.ts';

vi.mock('@lucide/svelte/icons/folder', () => ({ default: 'a folder' }));
vi.mock('@lucide/svelte/icons/monitor', () => ({ default: 'a screen' }));

const shell = (id: string, state: TerminalSession['state']): TerminalSession => ({
  id: id as SessionId,
  kind: 'shell',
  instanceId: instanceId('web'),
  title: 'web',
  target: 'root@203.0.113.42',
  forwardsAgent: false,
  state,
  sinceMs: 0,
  process: 1,
});
const console = (id: string, state: ConsoleSession['state']): ConsoleSession => ({
  id: id as SessionId,
  instanceId: instanceId('web'),
  title: 'web',
  state,
  sinceMs: 0,
  hasPassword: false,
});

describe('the tabs of the dock', () => {
  it('are the shells and then the consoles, each in their order', () => {
    const open = { phase: 'open', latencyMs: 4 } as const;
    const entries = dockEntries([shell('s2', open), shell('s1', open)], [console('c1', { phase: 'open' })]);
    expect(entries.map(({ kind, session }) => [kind, session.id])).toEqual([
      ['shell', 's2'],
      ['shell', 's1'],
      ['console', 'c1'],
    ]);
    expect(dockEntries([], [])).toEqual([]);
  });

  it('say what their session does, and a console that it is one', () => {
    const session = shell('s1', { phase: 'authenticating' });
    expect(dockTab({ kind: 'shell', session })).toEqual({
      id: 's1',
      label: 'web',
      kind: 'transition',
      word: 'signing in',
    });
    expect(dockTab({ kind: 'console', session: console('c1', { phase: 'open' }) })).toEqual({
      id: 'c1',
      label: 'web',
      kind: 'running',
      word: 'console, open',
      icon: 'a screen',
    });
  });
});
