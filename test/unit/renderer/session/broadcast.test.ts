import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionId } from '../../../../preload/contract/brands.ts';
import { broadcast } from '../../../../renderer/session/broadcast.svelte.ts';
import { shownTerminals } from '../../../../renderer/session/shown-terminals.svelte.ts';

const [a, b, c, other] = ['a', 'b', 'c', 'other'] as unknown as readonly [
  SessionId,
  SessionId,
  SessionId,
  SessionId,
];
const typed: string[] = [];
const screen = (id: SessionId) => ({
  selection: () => '',
  focus: vi.fn(),
  lastLines: () => '',
  type: vi.fn((text: string) => void typed.push(`${id} ${JSON.stringify(text)}`)),
  paste: vi.fn((text: string) => void typed.push(`${id} pastes ${JSON.stringify(text)}`)),
});

beforeEach(() => {
  broadcast.stop();
  typed.length = 0;
  for (const id of [a, b, c, other]) shownTerminals.add(id, screen(id));
});

describe('a broadcast', () => {
  it('takes what is typed and pasted in one to all others of it, as it is, and to nobody else', () => {
    broadcast.choose([a, b, c]);
    broadcast.type(b, 'ü\u001b[A\r');
    broadcast.paste(c, 'one\ntwo');
    expect(typed).toEqual([
      'a "ü\\u001b[A\\r"',
      'c "ü\\u001b[A\\r"',
      'a pastes "one\\ntwo"',
      'b pastes "one\\ntwo"',
    ]);
  });

  it('has nothing of a terminal that is not in it', () => {
    broadcast.choose([a, b]);
    broadcast.type(other, 'x');
    broadcast.paste(other, 'x');
    expect(typed).toEqual([]);
  });

  it('goes on without one that leaves, and is over with the last but one', () => {
    broadcast.choose([a, b, c]);
    broadcast.leave(other);
    broadcast.leave(b);
    expect([...broadcast.members]).toEqual([a, c]);
    broadcast.type(a, 'x');
    expect(typed).toEqual(['c "x"']);
    broadcast.leave(c);
    expect(broadcast.members.size).toBe(0);
    expect(broadcast.has(a)).toBe(false);
  });

  it('is none of one alone, and none once it was stopped', () => {
    broadcast.choose([a]);
    expect(broadcast.members.size).toBe(0);
    broadcast.choose([a, b]);
    broadcast.stop();
    broadcast.type(a, 'x');
    expect([broadcast.members.size, typed]).toEqual([0, []]);
  });

  it('leaves out a terminal that is not drawn', () => {
    const gone = 'gone' as SessionId;
    broadcast.choose([a, gone, b]);
    broadcast.type(a, 'x');
    expect(typed).toEqual(['b "x"']);
  });
});
