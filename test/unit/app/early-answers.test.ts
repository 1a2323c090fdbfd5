import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEarlyAnswers } from '../../../main/app/early-answers.ts';
import { firstListOf, type FirstList } from '../../../main/monitor/index.ts';
import { openStorage, type Storage } from '../../../main/storage/index.ts';
import { createSettings } from '../../../main/settings/settings.ts';
import { record } from '../monitor/builders.ts';
import type { AccountId, Cents } from '../../../preload/contract/brands.ts';

const ada = 'ada' as AccountId;
let folder: string;
let storage: Storage;
beforeEach(() => {
  firstList = null;
  folder = mkdtempSync(join(tmpdir(), 'evorxa-early-'));
  storage = openStorage({
    folder,
    isInMemory: () => false,
    onProblem: (cause) => {
      throw cause;
    },
    monotonicMs: () => 0,
  });
});
afterEach(async () => {
  await storage.flush();
  rmSync(folder, { recursive: true, force: true });
});

let firstList: FirstList | null = null;
const answers = () =>
  createEarlyAnswers({ storage, settings: createSettings(storage.settings) }, () => firstList);

function signedInBefore(): void {
  storage.accounts.set('accounts', [
    {
      id: ada,
      name: 'Ada',
      email: null,
      apiUrl: 'https://api.evorxa.com/api',
      projects: [],
      onboarded: true,
    },
  ]);
  storage.accounts.set('currentAccountId', ada);
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
    storage.cache.write({
      accountId: ada,
      revision: 3,
      apiStatus: 'live',
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
      value: { kind: 'full', snapshot: { accountId: ada, apiStatus: 'starting', balanceCents: 5240 } },
    });
  });

  it('is the list of this run, as soon as that was read', () => {
    signedInBefore();
    const early = answers();
    const moment = { wallMs: 5, monotonicMs: 5 };
    const parts = { cached: null, rows: [record('a')], asked: moment, now: moment };
    firstList = firstListOf({ accountId: ada, ...parts });
    expect(early.snapshot?.current?.(undefined)).toMatchObject({
      value: { kind: 'full', snapshot: { accountId: ada, apiStatus: 'live', instances: [{ id: 'a' }] } },
    });
  });
});
