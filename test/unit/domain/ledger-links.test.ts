import { expect, it } from 'vitest';
import { linkTransactions } from '../../../main/domain/index.ts';
import type { TransactionId } from '../../../preload/contract/brands.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import { instanceId } from '../monitor/builders.ts';
import { instance } from './samples.ts';

const line = (description: string, id: string | null = null): Transaction => ({
  id: 't' as TransactionId,
  atMs: null,
  kind: 'debit',
  description,
  amountCents: null,
  balanceAfterCents: null,
  instanceId: id === null ? null : instanceId(id),
  isLinkedByName: false,
});
const servers = [
  instance('1', 'running', { name: 'api-prod-1' }),
  instance('2', 'running', { name: 'api-prod-10' }),
  instance('3', 'running', { name: 'twin' }),
  instance('4', 'running', { name: 'twin' }),
  instance('5', 'running', { name: 'My shop' }),
  instance('6', 'running', { name: '' }),
];
const linked = (description: string, id: string | null = null) => {
  const [found] = linkTransactions([line(description, id)], servers);
  return found?.isLinkedByName === true ? found.instanceId : null;
};

it.each([
  ['Renewal of api-prod-1, 1 month', '1'],
  ['Renewal, 1 month: api-prod-10.', '2'],
  ['Refund (My shop)', '5'],
  ['My shop: renewal', '5'],
  ['Renewal of My shop', '5'],
  ['Renewal of api-prod-10.-_', '2'],
])('%j is about one instance', (description, id) => {
  expect(linked(description)).toBe(id);
});

it.each([
  ['several servers have that name', 'Renewal of twin'],
  ['it names two', 'Moved from api-prod-1 to api-prod-10'],
  ['it is a part of another word', 'Renewal of my-api-prod-1 and api-prod-1x'],
  ['it is a part of a longer name', 'Refund for xMy shop'],
  ['it is a part of a name that goes on', 'Refund (My shopx'],
  ['it is a part of an address', 'Certificate for mail.api-prod-1.example'],
  ['it names none', 'Top-up by card'],
  ['it names none, and ends in a sign', 'Top-up by card !'],
])('no server where %s', (_, description) => {
  expect(linked(description)).toBeNull();
});

it('leaves a line with an id alone, also where that server is gone', () => {
  const lines = [line('Refund, api-prod-1', 'gone')];
  expect(linkTransactions(lines, servers)).toBe(lines);
  expect(linkTransactions([...lines, line('x')], servers)[0]).toBe(lines[0]);
});

it('links the lines without an id among others, and leaves those that name nobody as they are', () => {
  const known = line('Refund', 'gone');
  const nobody = line('Top-up by card');
  const found = linkTransactions([known, line('Renewal of api-prod-1'), nobody], servers);
  expect(found[1]).toMatchObject({ instanceId: '1', isLinkedByName: true });
  expect(found[2]).toBe(nobody);
});
