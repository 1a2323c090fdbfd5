import { describe, expect, it } from 'vitest';
import { createAgentHandlers } from '../../../../main/ipc/handlers/agent.ts';
import { openConversationNotes } from '../../../../main/agent/index.ts';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import type { AgentOverview } from '../../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import { accountId, instanceId } from '../../monitor/builders.ts';
import { FakeAccountFiles } from '../../storage/fakes.ts';

const web = instanceId('web');
/** What a call does not touch. */
const unused = {} as AccountRuntime;
const request = { instanceId: web, conversationId: null, message: 'Why is it slow?' };

it('sends a message to the agent of the account that is shown, and no longer waits for an answer', async () => {
  const asked: unknown[] = [];
  const busy = fail({ kind: 'busy', message: 'It still answers.' } as const);
  const turns = {
    send: (sent: unknown) => {
      asked.push(['send', sent]);
      return Promise.resolve(busy);
    },
    stopWaiting: (id: unknown) => asked.push(['stopWaiting', id]),
  } as unknown as AccountRuntime['turns'];
  const handlers = createAgentHandlers(() => ({ ...unused, turns }));
  expect(await handlers.send(request)).toBe(busy);
  expect(await handlers.stopWaiting({ instanceId: web })).toEqual(ok(undefined));
  expect(asked).toEqual([
    ['send', { instanceId: 'web', conversationId: null, message: 'Why is it slow?' }],
    ['stopWaiting', 'web'],
  ]);
});

describe('what changes an agent', () => {
  const overview: AgentOverview = {
    instanceId: web,
    conversations: ['old', 'older'].map((id) => ({ id: id as ConversationId, title: id, updatedAtMs: null })),
    turn: { phase: 'idle' },
    notes: {},
  };

  function changing(result: Result<undefined>) {
    const asked: unknown[] = [];
    let shown: AgentOverview | null = overview;
    const watches = {
      refreshAfterCurrent: (key: unknown) => {
        asked.push(['read', key]);
        return Promise.resolve();
      },
      patch: (_key: unknown, change: (data: AgentOverview | null) => AgentOverview | null) => {
        shown = change(shown);
      },
    } as unknown as AccountRuntime['watches'];
    const answer = (sent: unknown) => {
      asked.push(sent);
      return Promise.resolve(result);
    };
    const agentChanges = {
      deleteConversation: answer,
      linkTelegram: answer,
    } as unknown as AccountRuntime['agentChanges'];
    const files = new FakeAccountFiles();
    const notes = openConversationNotes(files).of(accountId);
    const handlers = createAgentHandlers(() => ({ ...unused, watches, agentChanges, notes }));
    return {
      handlers,
      asked,
      notes,
      shown: () => shown,
      ids: () => shown?.conversations.map(({ id }) => id),
    };
  }

  it('a deleted conversation leaves the list at once, and the list is read again', async () => {
    const { handlers, asked, ids } = changing(ok(undefined));
    const request = { instanceId: web, conversationId: 'old' as ConversationId };
    expect(await handlers.deleteConversation(request)).toEqual(ok(undefined));
    expect(asked).toEqual([request, ['read', { kind: 'agent', instanceId: 'web' }]]);
    expect(ids()).toEqual(['older']);
  });

  it('one that was not deleted stays, and the list is read again', async () => {
    const refused = fail({ kind: 'unknown-outcome', message: '' } as const);
    const { handlers, asked, ids } = changing(refused);
    const request = { instanceId: web, conversationId: 'old' as ConversationId };
    expect(await handlers.deleteConversation(request)).toEqual(refused);
    expect(asked).toHaveLength(2);
    expect(ids()).toEqual(['old', 'older']);
  });

  it('a conversation has another title here at once, and its note goes with it', async () => {
    const { handlers, notes, shown } = changing(ok(undefined));
    const request = { instanceId: web, conversationId: 'old' as ConversationId };
    expect(await handlers.rename({ ...request, title: 'Swap' })).toEqual(ok(undefined));
    expect(shown()?.notes).toMatchObject({ old: { title: 'Swap' } });
    await handlers.deleteConversation(request);
    expect([shown()?.notes, notes.of(web)]).toEqual([{}, {}]);
  });

  it('the status of Telegram is read again after a link', async () => {
    const { handlers, asked } = changing(ok(undefined));
    expect(await handlers.linkTelegram({ instanceId: web, chatId: '-5' })).toEqual(ok(undefined));
    expect(asked).toEqual([
      { instanceId: 'web', chatId: '-5' },
      ['read', { kind: 'telegram', instanceId: 'web' }],
    ]);
  });
});

it('asks nothing of the agent where no account can be used', async () => {
  const handlers = createAgentHandlers(() => null);
  expect(await handlers.send(request)).toEqual({ ok: false, error: { kind: 'no-account' } });
  expect(await handlers.stopWaiting({ instanceId: web })).toEqual({
    ok: false,
    error: { kind: 'no-account' },
  });
});
