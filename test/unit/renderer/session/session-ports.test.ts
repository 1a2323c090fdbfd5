import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionId } from '../../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import type { attachSession as attach } from '../../../../renderer/session/session-ports.ts';

const main = vi.hoisted(() => ({ attach: vi.fn() }));
vi.mock('../../../../renderer/client.ts', () => ({ client: { terminal: { attach: main.attach } } }));

class Page extends EventTarget {
  readonly location = { origin: 'app://evorxa' };
}
let page: Page;
let attachSession: typeof attach;

beforeEach(async () => {
  page = new Page();
  vi.stubGlobal('window', page);
  vi.resetModules();
  main.attach.mockReset().mockResolvedValue(ok(undefined));
  ({ attachSession } = await import('../../../../renderer/session/session-ports.ts'));
});
afterEach(() => vi.unstubAllGlobals());

const [s1, s2] = ['s1' as SessionId, 's2' as SessionId];
const refused = fail({ kind: 'refused', message: 'There is no such session.' } as const);

/** A port comes, as the preload hands it over. */
function comes(sessionId: string, port: string | undefined, more: object = {}): void {
  const message = {
    source: page,
    origin: 'app://evorxa',
    data: { type: 'evorxa:session-port', sessionId },
    ports: port === undefined ? [] : [port],
  };
  page.dispatchEvent(Object.assign(new Event('message'), message, more));
}

describe('a session’s port', () => {
  it('is asked for, and given once to who asked', async () => {
    const take = vi.fn();
    expect(await attachSession(s1, take)).toEqual(ok(undefined));
    expect(main.attach).toHaveBeenCalledExactlyOnceWith({ sessionId: 's1' });
    expect(take).not.toHaveBeenCalled();
    comes('s2', 'of another session');
    comes('s1', 'port');
    comes('s1', 'a second port');
    expect(take).toHaveBeenCalledExactlyOnceWith('port');
  });

  it('may come before the answer', async () => {
    const take = vi.fn();
    main.attach.mockImplementation(() => {
      comes('s1', 'early');
      return Promise.resolve(ok(undefined));
    });
    await attachSession(s1, take);
    expect(take).toHaveBeenCalledExactlyOnceWith('early');
  });

  it('is asked for as the kind of session wants it', async () => {
    const ask = vi.fn(() => Promise.resolve(ok(undefined)));
    await attachSession(s1, vi.fn(), ask);
    expect(ask).toHaveBeenCalledExactlyOnceWith({ sessionId: 's1' });
    expect(main.attach).not.toHaveBeenCalled();
  });

  it.each<[string, object]>([
    ['a frame in it', { source: new EventTarget() }],
    ['nobody', { source: null }],
    ['another origin', { origin: 'https://evil.example' }],
    ['a message of another kind', { data: { type: 'evorxa:other', sessionId: 's1' } }],
    ['a message without a session', { data: { type: 'evorxa:session-port' } }],
    ['a message that is nothing', { data: null }],
    ['a message that is a text', { data: 'evorxa:session-port' }],
  ])('is taken from the preload alone, not from %s', async (_who, more) => {
    const take = vi.fn();
    await attachSession(s1, take);
    comes('s1', 'a stranger’s', more);
    expect(take).not.toHaveBeenCalled();
    comes('s1', 'port');
    expect(take).toHaveBeenCalledExactlyOnceWith('port');
  });

  it('that is missing in its message is not given', async () => {
    const take = vi.fn();
    await attachSession(s1, take);
    comes('s1', undefined);
    expect(take).not.toHaveBeenCalled();
  });

  it('is not given after the answer was no', async () => {
    const take = vi.fn();
    main.attach.mockResolvedValue(refused);
    expect(await attachSession(s1, take)).toEqual(refused);
    comes('s1', 'late');
    expect(take).not.toHaveBeenCalled();
  });
});

describe('two who ask for ports', () => {
  it('get each their own, of two sessions', async () => {
    const [one, other] = [vi.fn(), vi.fn()];
    await Promise.all([attachSession(s1, one), attachSession(s2, other)]);
    comes('s2', 'second');
    comes('s1', 'first');
    expect(one).toHaveBeenCalledExactlyOnceWith('first');
    expect(other).toHaveBeenCalledExactlyOnceWith('second');
  });

  it('of one session: the newest gets it, also where the older one’s answer is no', async () => {
    const [older, newer] = [vi.fn(), vi.fn()];
    let answerOlder: (answer: Result<undefined>) => void = () => undefined;
    main.attach.mockImplementationOnce(() => new Promise((resolve) => (answerOlder = resolve)));
    const waiting = attachSession(s1, older);
    await attachSession(s1, newer);
    answerOlder(refused);
    expect(await waiting).toEqual(refused);
    comes('s1', 'port');
    expect(older).not.toHaveBeenCalled();
    expect(newer).toHaveBeenCalledExactlyOnceWith('port');
  });
});
