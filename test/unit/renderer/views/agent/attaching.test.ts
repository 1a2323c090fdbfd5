import { describe, expect, it } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import {
  attachmentTitle,
  dialogTitle,
  emptyReason,
  withAttached,
  withoutAttached,
} from '../../../../../renderer/views/agent/attaching.ts';
import { drafts } from '../../../../../renderer/views/agent/drafts.svelte.ts';

const web = 'web' as InstanceId;
const state = 'State:\n```text\nup\n```';
const metrics = 'Metrics:\n```text\nCPU\n```';

describe('a text', () => {
  it.each([
    ['an empty message', '', `${state}\n`],
    ['what is written', 'Why?\n\n', `Why?\n\n${state}\n`],
  ])('is added to %s', (_what, message, whole) => {
    expect(withAttached(message, state)).toBe(whole);
  });

  it.each([
    ['alone', `${state}\n`, ''],
    ['after what is written', `Why?\n\n${state}\n`, 'Why?'],
    ['before it', `${state}\nWhy?`, 'Why?'],
    ['between', `Why?\n\n${state}\n\nNow.`, 'Why?\n\nNow.'],
    ['where it was changed', 'Why?\n\nState: up', 'Why?\n\nState: up'],
  ])('is taken out %s', (_where, message, rest) => {
    expect(withoutAttached(message, state)).toBe(rest);
  });

  it('that was added is known while it is in the message as it was', () => {
    drafts.set(web, 'Why?');
    drafts.attach(web, { title: 'State', text: state });
    drafts.attach(web, { title: 'Metrics', text: metrics });
    drafts.attach(web, { title: 'Metrics', text: metrics });
    expect(drafts.get(web)).toBe(`Why?\n\n${state}\n\n${metrics}\n\n${metrics}\n`);
    expect(drafts.attachedTo(web).map(({ title }) => title)).toEqual(['State', 'Metrics']);
    drafts.detach(web, state);
    expect(drafts.get(web)).toBe(`Why?\n\n${metrics}\n\n${metrics}\n`);
    expect(drafts.attachedTo(web).map(({ title }) => title)).toEqual(['Metrics']);
    drafts.set(web, drafts.get(web).replaceAll('CPU', 'cpu'));
    expect(drafts.attachedTo(web)).toEqual([]);
    // Sent: the next message has nothing in it.
    drafts.set(web, '');
    expect(drafts.attachedTo(web)).toEqual([]);
  });
});

it('each source has a name, and an empty terminal has nothing to attach', () => {
  const terminal = { kind: 'terminal', target: 'root@h', part: 'selection', text: ' \n' } as const;
  expect(attachmentTitle(terminal)).toBe('Terminal selection');
  expect(attachmentTitle({ ...terminal, part: 'last-lines' })).toBe('Terminal, last lines');
  expect(attachmentTitle({ kind: 'metrics', period: '24h' })).toBe('Metrics, 24h');
  expect(attachmentTitle({ kind: 'top-sources' })).toBe('Top sources');
  expect(attachmentTitle({ kind: 'instance' })).toBe('Instance state');
  expect(dialogTitle(terminal)).toBe('Attach the terminal selection');
  expect(dialogTitle({ ...terminal, part: 'last-lines' })).toBe('Attach the last lines of the terminal');
  expect(emptyReason(terminal)).toBe('The terminal is empty');
  expect(emptyReason({ ...terminal, text: 'a' })).toBeNull();
  expect(emptyReason({ kind: 'instance' })).toBeNull();
});
