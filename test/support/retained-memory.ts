import type { CDPSession, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { InstanceId } from '../../preload/contract/brands.ts';
import { hrefOf } from '../../renderer/state/route-hash.ts';
import { chooseForInstance, instanceRow } from './window-steps.ts';

/** What a window holds after its garbage was collected. */
export interface RetainedMemory {
  /** DOM nodes, also those that are in no document any more. */
  readonly nodes: number;
  readonly listeners: number;
  /** Without the code that V8 compiles and keeps: it compiles more of what is run often, up to a bound. */
  readonly heapBytes: number;
}

/** Looks at what a window holds; a page has one meter, for its life. */
export interface MemoryMeter {
  read(): Promise<RetainedMemory>;
}

/** A meter of a window, by Chromium's own counts and a snapshot of the page's heap. */
export async function openMemoryMeter(window: Page): Promise<MemoryMeter> {
  const devTools: CDPSession = await window.context().newCDPSession(window);
  return {
    read: async () => {
      // What one collection lets go of can hold what the next one takes.
      for (let count = 0; count < 3; count += 1) await devTools.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await devTools.send('Memory.getDOMCounters');
      return { nodes, listeners: jsEventListeners, heapBytes: await heapWithoutCode(devTools) };
    },
  };
}

/** The parts that are read of V8's heap snapshot: numbers in a row, `node_fields.length` for each thing in the heap. */
interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly unknown[] };
  };
  readonly nodes: readonly number[];
}

async function heapWithoutCode(devTools: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
  devTools.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await devTools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devTools.off('HeapProfiler.addHeapSnapshotChunk', keep);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const kinds = types[typeAt];
  if (sizeAt < 0 || !Array.isArray(kinds)) throw new Error('The heap snapshot has another form.');
  const code = kinds.indexOf('code');
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + typeAt] !== code) bytes += nodes[at + sizeAt] ?? 0;
  }
  return bytes;
}

/** The addresses of every page, and of every part of a server's page; the list comes last. */
export function pageHashes(instanceId: string): readonly string[] {
  const id = instanceId as InstanceId;
  return [
    { page: 'shield' } as const,
    { page: 'waf' } as const,
    { page: 'agent' } as const,
    { page: 'wallet' } as const,
    { page: 'activity' } as const,
    { page: 'ssh-keys' } as const,
    { page: 'api-tokens' } as const,
    { page: 'settings' } as const,
    { page: 'create' } as const,
    ...(['overview', 'agent', 'shield', 'system'] as const).map(
      (tab) => ({ page: 'instance', instanceId: id, tab }) as const,
    ),
    { page: 'instances' } as const,
  ].map(hrefOf);
}

/** Goes through pages one after the other, and looks at each until its head is drawn. */
export async function visitPages(window: Page, hashes: readonly string[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const hash of hashes) await window.evaluate(visit, hash);
  }
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
}

/** Runs in the page: goes to a place and waits until it has drawn its heading, and a frame after that. */
async function visit(hash: string): Promise<void> {
  const before = document.querySelector('main h1');
  window.location.hash = hash;
  await new Promise<void>((resolve) => {
    const isThere = (): boolean => {
      const heading = document.querySelector('main h1');
      // The parts of one page share its heading.
      return heading !== null && (heading !== before || heading.isConnected);
    };
    const look = (): void => (isThere() ? resolve() : void requestAnimationFrame(look));
    requestAnimationFrame(() => requestAnimationFrame(look));
  });
}

/** Something that opens over a page: how it is reached, from the page of `hash`. */
interface Opener {
  readonly what: string;
  readonly hash: string;
  readonly open: (window: Page) => Promise<void>;
}

const press =
  (name: string | RegExp) =>
  (window: Page): Promise<void> =>
    window.getByRole('main').getByRole('button', { name, exact: true }).first().click();

/** Every kind of dialog, menu and list of choices that can be opened and left again. */
export function openers(instanceId: string): readonly Opener[] {
  const id = instanceId as InstanceId;
  const list = hrefOf({ page: 'instances' });
  const overview = hrefOf({ page: 'instance', instanceId: id, tab: 'overview' });
  const agent = hrefOf({ page: 'instance', instanceId: id, tab: 'agent' });
  const system = hrefOf({ page: 'instance', instanceId: id, tab: 'system' });
  return [
    { what: 'menu of an instance', hash: list, open: press(/^Actions for api-prod-1/) },
    {
      what: 'power dialog',
      hash: list,
      open: (window) => chooseForInstance(window, 'api-prod-1', /^Shut down/),
    },
    { what: 'palette', hash: list, open: (window) => window.keyboard.press('Control+k') },
    {
      what: 'account menu',
      hash: list,
      open: (window) => window.getByRole('button', { name: /^Account / }).click(),
    },
    { what: 'add a key', hash: hrefOf({ page: 'ssh-keys' }), open: press('Add key') },
    { what: 'delete a key', hash: hrefOf({ page: 'ssh-keys' }), open: press(/^Delete /) },
    { what: 'create a token', hash: hrefOf({ page: 'api-tokens' }), open: press('Create token') },
    { what: 'revoke a token', hash: hrefOf({ page: 'api-tokens' }), open: press(/^Revoke /) },
    { what: 'Telegram', hash: agent, open: press(/^Telegram/) },
    { what: 'conversation actions', hash: agent, open: press('Conversation actions') },
    { what: 'login', hash: overview, open: press('Edit SSH settings') },
    { what: 'upgrade', hash: system, open: press('Upgrade') },
    { what: 'reinstall', hash: system, open: press('Reinstall OS') },
    { what: 'reset password', hash: system, open: press('Reset root password') },
    { what: 'delete', hash: system, open: press('Delete instance') },
    {
      what: 'choices of a select',
      hash: hrefOf({ page: 'wallet' }),
      open: (window) => window.locator('main .ui-select').first().click(),
    },
  ];
}

/** Opens something and leaves it by Escape, again and again, on the page that it belongs to. */
export async function openAndLeave(window: Page, { hash, open }: Opener, times: number): Promise<void> {
  await window.evaluate(visit, hash);
  const floating = window.locator('[role=alertdialog], [role=dialog], [role=menu], [role=listbox]').first();
  for (let count = 0; count < times; count += 1) {
    await open(window);
    await expect(floating).toBeVisible();
    // It can be seen a moment before it has the keyboard.
    await expect(async () => {
      await window.keyboard.press('Escape');
      await expect(floating).toBeHidden({ timeout: 1_000 });
    }).toPass();
  }
}
