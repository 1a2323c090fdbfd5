import { expect, it } from 'vitest';
import { openConversationNotes } from '../../../main/agent/index.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';
import { conversationId, web } from './turns-rig.ts';

const old = { instanceId: web, conversationId: conversationId('7') };

it('titles and costs outlive the app, by instance, and go with the account', () => {
  const files = new FakeAccountFiles();
  const notes = openConversationNotes(files).of(accountId);
  notes.rename(old, 'Swap');
  notes.addCost(old, cents(12));
  notes.addCost(old, null);
  notes.addCost(old, cents(3));
  notes.addCost({ ...old, instanceId: instanceId('web/7') }, cents(1));
  const again = openConversationNotes(files);
  expect(again.of(accountId).of(web)).toEqual({
    '7': { title: 'Swap', costCents: 15, turns: 3, unpricedTurns: 1 },
  });
  expect(again.of(accountId).of(instanceId('web/7'))).toEqual({
    '7': { title: null, costCents: 1, turns: 1, unpricedTurns: 0 },
  });
  expect(again.of(accountId).of(instanceId('we'))).toEqual({});
  again.forgetAccount(accountId);
  expect(files.content()).toEqual({});
});

it('without a title the costs stay, and a note of nothing is none', () => {
  const notes = openConversationNotes(new FakeAccountFiles()).of(accountId);
  notes.rename(old, 'Swap');
  notes.rename(old, null);
  expect(notes.of(web)).toEqual({});
  notes.addCost(old, cents(2));
  notes.rename(old, 'Swap');
  notes.rename(old, null);
  expect(notes.of(web)).toEqual({ '7': { title: null, costCents: 2, turns: 1, unpricedTurns: 0 } });
  notes.drop(old);
  expect(notes.of(web)).toEqual({});
});

it('are no more than 2,000, of which the last changed stay', () => {
  const files = new FakeAccountFiles();
  const note = { title: 'x', costCents: 0, turns: 0, unpricedTurns: 0 };
  const stored = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`web/c${n}`, note]));
  files.of(accountId).set('conversations', stored);
  const notes = openConversationNotes(files).of(accountId);
  const at = (n: number) => ({ instanceId: web, conversationId: conversationId(`c${n}`) });
  notes.addCost(at(0), cents(1));
  notes.rename(at(2_000), 'x');
  const ids = Object.keys(notes.of(web));
  expect([ids.length, ids.includes('c0'), ids.includes('c1'), ids.includes('c2000')]).toEqual([
    2_000,
    true,
    false,
    true,
  ]);
});
