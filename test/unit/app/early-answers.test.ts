import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSnapshotCache } from '../../../main/storage/snapshot-cache.ts';
import { createEarlyAnswers } from '../../../main/app/early-answers.ts';
import { cacheFolder } from '../../../main/app/stores.ts';
import { createSettings } from '../../../main/settings/settings.ts';
import type { AccountId, Cents } from '../../../preload/contract/brands.ts';
import { FakeStore } from '../accounts/fakes.ts';

const ada = 'ada' as AccountId;
let folder: string;
let store: FakeStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-early-'));
  store = new FakeStore();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const answers = () =>
  createEarlyAnswers({ folder, store, settings: createSettings(store), onWriteError: () => undefined });

function signedInBefore(): void {
  store.set('accounts', [
    {
      id: ada,
      name: 'Ada',
      email: null,
      apiUrl: 'https://api.evorxa.com/api',
      projects: [],
      onboarded: true,
    },
  ]);
  store.set('currentAccountId', ada);
}

describe('what the window is told before the backend is there', () => {
  it('is nobody, on a first start', () => {
    expect(answers().accounts?.state?.(undefined)).toEqual({
      ok: true,
      value: { phase: 'loading', accounts: [], currentId: null },
    });
    expect(answers().snapshot?.current?.(undefined)).toEqual({ ok: true, value: { kind: 'none' } });
  });

  it('is who is signed in, with the list of the last run', () => {
    signedInBefore();
    createSnapshotCache(cacheFolder(folder), () => 0).write({
      accountId: ada,
      revision: 3,
      connection: 'live',
      instances: [],
      instancesFreshness: { checkedAtMs: 1, error: null },
      balanceCents: 5240 as Cents,
      walletFreshness: { checkedAtMs: 1, error: null },
      missingAbilities: [],
      runway: null,
      instancesGaps: null,
    });
    expect(answers().accounts?.state?.(undefined)).toMatchObject({
      value: { phase: 'loading', currentId: ada, accounts: [{ id: ada, kind: 'token', name: 'Ada' }] },
    });
    expect(answers().snapshot?.current?.(undefined)).toMatchObject({
      value: { kind: 'full', snapshot: { accountId: ada, connection: 'starting', balanceCents: 5240 } },
    });
  });
});
