import { expect } from '@playwright/test';
import {
  openAndLeave,
  openers,
  openMemoryMeter,
  pageHashes,
  visitPages,
} from '../support/retained-memory.ts';
import { launchApp } from '../support/launch.ts';
import type { TestSession } from '../support/session.ts';
import { instanceRow } from '../support/window-steps.ts';
import { progress, ratioVerdict, type Verdict } from './figures.ts';

const visits = 200;
const openings = 50;
/** What is loaded once, and what the engine keeps of a page's first visits, is there by then. */
const firstVisits = 10;
const limit = 1.05;

/** Goal 13: what 200 visits of every page and 50 openings of every dialog leave behind, as a multiple of before. */
export async function measureRetained(session: TestSession): Promise<readonly Verdict[]> {
  const launched = await launchApp(session, { args: ['--demo'] });
  const { window } = launched;
  try {
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible({ timeout: 30_000 });
    const instanceId = await window.evaluate(async () => {
      const answer = await globalThis.window.evorxa.calls.snapshot.current(undefined);
      const instances = answer.ok && answer.value.kind === 'full' ? answer.value.snapshot.instances : [];
      return instances.find(({ name }) => name === 'api-prod-1')?.id ?? '';
    });
    const hashes = pageHashes(instanceId);
    const all = openers(instanceId);
    const meter = await openMemoryMeter(window);
    for (const opener of all) await openAndLeave(window, opener, 3);
    await visitPages(window, hashes, firstVisits);
    const before = await meter.read();
    await visitPages(window, hashes, visits);
    for (const opener of all) {
      await openAndLeave(window, opener, openings);
      progress(`  opened ${openings} times: ${opener.what}`);
    }
    await visitPages(window, hashes, 1);
    const after = await meter.read();
    progress(
      `  nodes ${before.nodes} → ${after.nodes}, listeners ${before.listeners} → ${after.listeners}, ` +
        `heap without code ${(before.heapBytes / 1e6).toFixed(1)} → ${(after.heapBytes / 1e6).toFixed(1)} MB`,
    );
    const kinds = ['nodes', 'listeners', 'heapBytes'] as const;
    const names = {
      nodes: 'Nodes',
      listeners: 'Listeners',
      heapBytes: 'Heap without compiled code',
    } as const;
    return kinds.map((kind) =>
      ratioVerdict(
        13,
        `${names[kind]} after ${visits} visits, ${openings} openings`,
        after[kind] / before[kind],
        limit,
      ),
    );
  } finally {
    await launched.close();
  }
}
