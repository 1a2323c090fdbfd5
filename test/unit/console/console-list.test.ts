import { describe, expect, it } from 'vitest';
import { createConsoles } from '../../../main/console/consoles.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import type { ConsoleSession } from '../../../preload/contract/console.ts';
import { ok } from '../../../preload/contract/result.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { fakeSockets, Page } from './console-rig.ts';

const jane = 'jane' as AccountId;
const shop = 'shop' as AccountId;
const web = instanceId('web');
const db = instanceId('db');
const till = instanceId('till');

/** Jane has `web` and `db`, the shop has `till`; the root password of `web` is known. */
function list() {
  const time = new FakeTime();
  const { sockets, openSocket } = fakeSockets();
  const shown: (readonly ConsoleSession[])[] = [];
  const asked: unknown[] = [];
  const passwords = new Map<string, string>([['jane/web', 'fresh-4711']]);
  let ids = 0;
  const consoles = createConsoles({
    clock: time,
    openSocket,
    mask: () => () => undefined,
    newSessionId: () => `s${(ids += 1)}` as SessionId,
    find: (id) =>
      new Map<InstanceId, { accountId: AccountId; title: string }>([
        [web, { accountId: jane, title: 'Web shop' }],
        [db, { accountId: jane, title: 'db-1' }],
        [till, { accountId: shop, title: 'till' }],
      ]).get(id) ?? null,
    ask: (accountId, id) => {
      asked.push([accountId, id]);
      return Promise.resolve(ok({ url: 'wss://vnc.example/', password: null }));
    },
    roots: (accountId) => [`the roots of ${accountId}`],
    password: (accountId, id) => passwords.get(`${accountId}/${id}`) ?? null,
    onChanged: (sessions) => shown.push(sessions),
  });
  const open = (id: InstanceId): SessionId => {
    const sessionId = consoles.open(id);
    if (sessionId === null) throw new Error('The console did not open.');
    return sessionId;
  };
  const openIds = () => consoles.sessions().map(({ id }) => id);
  return { consoles, open, shown, sockets, asked, passwords, time, ids: openIds };
}

describe('the list of consoles', () => {
  it('has each that was opened, by its instance’s name, and says which can type a password', () => {
    const { consoles, open, shown, time } = list();
    const [first, second] = [open(web), open(db)];
    const common = { state: { phase: 'waiting' }, sinceMs: time.now() };
    const both = [
      { ...common, id: first, instanceId: 'web', title: 'Web shop', hasPassword: true },
      { ...common, id: second, instanceId: 'db', title: 'db-1', hasPassword: false },
    ];
    expect(consoles.sessions()).toEqual(both);
    expect(shown).toEqual([both.slice(0, 1), both]);
  });

  it('has none of an instance that is not there', () => {
    const { consoles, shown } = list();
    expect(consoles.open(instanceId('nobody'))).toBeNull();
    expect([consoles.sessions(), shown]).toEqual([[], []]);
  });

  it('asks the API of the console’s account, and trusts what that account trusts', async () => {
    const { consoles, open, sockets, asked } = list();
    expect(consoles.attach(open(till), new Page())).toBe(true);
    await settle();
    expect(asked).toEqual([['shop', 'till']]);
    expect(sockets[0]?.options.roots).toEqual(['the roots of shop']);
  });

  it('is told of each change of a console', async () => {
    const { consoles, open, shown } = list();
    const id = open(web);
    consoles.attach(id, new Page());
    await settle();
    expect(shown.map((sessions) => sessions[0]?.state.phase)).toEqual(['waiting', 'asking', 'connecting']);
  });

  it('says so when a password came or went', () => {
    const { consoles, open, shown, passwords } = list();
    open(web);
    passwords.clear();
    consoles.passwordsChanged();
    expect(shown.at(-1)?.map(({ hasPassword }) => hasPassword)).toEqual([false]);
  });

  it('loses one that is closed, with its connection and its page', async () => {
    const { consoles, open, shown, sockets, ids } = list();
    const [first, second] = [open(web), open(db)];
    const page = new Page();
    consoles.attach(first, page);
    await settle();
    consoles.close(first);
    expect([ids(), shown.at(-1)?.length]).toEqual([[second], 1]);
    expect([sockets[0]?.asked, page.isClosed]).toEqual([['close'], true]);
    expect(consoles.attach(first, new Page())).toBe(false);
    consoles.close('nothing' as SessionId);
    expect(ids()).toEqual([second]);
  });

  it('loses those of an account that signs out, and no others', async () => {
    const { consoles, open, shown, sockets, ids } = list();
    const [first, other] = [open(web), open(till)];
    open(db);
    for (const id of [first, other]) consoles.attach(id, new Page());
    await settle();
    consoles.closeAccount(jane);
    expect([ids(), shown.at(-1)?.map(({ id }) => id)]).toEqual([[other], [other]]);
    expect(sockets.map(({ asked }) => asked)).toEqual([['close'], []]);
  });

  it('loses all of them when the app quits', async () => {
    const { consoles, open, sockets, ids } = list();
    for (const id of [open(web), open(till)]) consoles.attach(id, new Page());
    await settle();
    consoles.stop();
    expect(ids()).toEqual([]);
    expect(sockets.map(({ asked }) => asked)).toEqual([['close'], ['close']]);
  });
});
