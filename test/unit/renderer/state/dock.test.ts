import { get } from 'svelte/store';
import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { InstanceId, SessionId } from '../../../../preload/contract/brands.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';

const main = vi.hoisted(
  (): { openShell: Mock; openConsole: Mock; nameOf: Mock; kept: Map<string, string> } => ({
    openShell: vi.fn(),
    openConsole: vi.fn(),
    nameOf: vi.fn(),
    kept: new Map<string, string>(),
  }),
);
vi.mock('../../../../renderer/client.ts', () => ({
  client: { terminal: { open: main.openShell }, console: { open: main.openConsole } },
}));
vi.mock('../../../../renderer/state/snapshot.svelte.ts', () => ({ snapshot: { nameOf: main.nameOf } }));
vi.stubGlobal('localStorage', {
  getItem: (key: string) => main.kept.get(key) ?? null,
  setItem: (key: string, value: string) => main.kept.set(key, value),
});

const id = (name: string) => name as SessionId;
const sessions = (...names: readonly string[]) => names.map((name) => ({ id: id(name) }));
const web = 'web' as InstanceId;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('innerHeight', 800);
  vi.stubGlobal('window', globalThis);
  main.kept.clear();
  main.nameOf.mockReset().mockReturnValue('api-prod-1');
  main.openShell.mockReset();
  main.openConsole.mockReset();
});
const load = () => import('../../../../renderer/state/dock.svelte.ts');
const dock = async () => (await load()).terminalDock;
const opened = async () => {
  const one = await dock();
  one.toggle();
  return one;
};

describe('its height', () => {
  it.each([
    [800, 320],
    [400, 212],
  ])('in a window of %d px is %d px: a dozen lines at least', async (innerHeight, heightPx) => {
    vi.stubGlobal('innerHeight', innerHeight);
    expect((await dock()).heightPx).toBe(heightPx);
  });

  it('is the one that it was dragged to, also at the next start', async () => {
    (await dock()).resize(345.4);
    expect([...main.kept]).toEqual([['dock-height-px', '345']]);
    vi.resetModules();
    expect((await opened()).heightPx).toBe(345);
  });

  it('is looked for when the dock shows: until then nothing is asked, whoever draws it', async () => {
    main.kept.set('dock-height-px', '345');
    const asked = vi.spyOn(localStorage, 'getItem');
    const hidden = await dock();
    expect(hidden.heightPx).toBe(320);
    expect(asked).not.toHaveBeenCalled();
    hidden.toggle();
    expect(hidden.heightPx).toBe(345);
    hidden.hide();
    expect(hidden.heightPx).toBe(345);
    asked.mockRestore();
  });

  it('grows from the one that was dragged, also where the dock never showed', async () => {
    main.kept.set('dock-height-px', '450');
    const hidden = await dock();
    hidden.makeRoomForConsole();
    expect(hidden.heightPx).toBe(450);
  });

  it('grows for a console and for a long question, for now: what was dragged is kept', async () => {
    const first = await dock();
    first.resize(250);
    first.makeRoomForConsole();
    expect(first.heightPx).toBe(400);
    first.makeRoom(120);
    expect(first.heightPx).toBe(520);
    first.makeRoom(1_000);
    expect(first.heightPx).toBe(600);
    first.makeRoom(-50);
    expect(first.heightPx).toBe(600);
    vi.resetModules();
    expect((await opened()).heightPx).toBe(250);
  });

  it('a question makes a dock that is higher than that no lower', async () => {
    const tall = await dock();
    tall.resize(700);
    tall.makeRoom(10);
    expect(tall.heightPx).toBe(700);
  });
});

describe('what is in front', () => {
  it('is what was opened last, here or elsewhere; the dock shows with it', async () => {
    const followed = await dock();
    expect(followed.isOpen).toBe(false);
    followed.follow(sessions('a', 'b'));
    expect(followed.isMaximized).toBe(false);
    expect([followed.isOpen, followed.activeId]).toEqual([true, 'b']);
    followed.follow(sessions('a', 'b', 'c'));
    expect(followed.activeId).toBe('c');
  });

  it('stays where a session only ends or is told again, and a dock that was hidden stays hidden', async () => {
    const followed = await dock();
    followed.follow(sessions('a', 'b'));
    followed.show(id('a'));
    followed.hide();
    followed.follow(sessions('a'));
    followed.follow(sessions('a'));
    expect([followed.isOpen, followed.activeId]).toEqual([false, 'a']);
  });

  it('is one that came again under an id that had gone', async () => {
    const followed = await dock();
    followed.follow(sessions('a', 'b'));
    followed.follow(sessions('a'));
    followed.follow(sessions('a', 'b'));
    expect(followed.activeId).toBe('b');
  });
});

it('keeps the places of what was restored, in whatever order main tells of it', async () => {
  main.kept.set('dock-is-open', 'yes');
  const restored = await dock();
  const layout = {
    tabs: [
      {
        tree: {
          type: 'split',
          direction: 'row',
          parts: [
            { share: 0.25, tree: { type: 'pane', pane: id('a') } },
            { share: 0.75, tree: { type: 'pane', pane: id('b') } },
          ],
        },
        front: id('a'),
      },
    ],
    front: id('a'),
  } as const;
  const isRestored = true;
  restored.takeKept(layout);
  restored.follow([{ id: id('a'), isRestored }]);
  restored.follow([
    { id: id('a'), isRestored },
    { id: id('b'), isRestored },
  ]);
  expect([restored.layout, restored.isOpen]).toEqual([layout, true]);
  restored.follow([{ id: id('b'), isRestored }]);
  expect(restored.layout.tabs).toEqual([{ tree: { type: 'pane', pane: 'b' }, front: 'b' }]);
});

it('is maximized only while it shows, and comes back at its height', async () => {
  const shown = await dock();
  shown.show(id('a'));
  shown.maximize();
  expect(shown.isMaximized).toBe(true);
  shown.hide();
  shown.toggle();
  expect([shown.isOpen, shown.isMaximized]).toEqual([true, false]);
  shown.maximize();
  shown.restore();
  expect(shown.isMaximized).toBe(false);
});

describe('a new tab', () => {
  it('comes to the front once it is there', async () => {
    const { openShell, terminalDock } = await load();
    main.openShell.mockResolvedValueOnce(ok({ sessionId: id('s') }));
    await openShell(web);
    expect(main.openShell).toHaveBeenCalledWith({ instanceId: web });
    expect([terminalDock.isOpen, terminalDock.activeId]).toEqual([true, 's']);
  });

  it.each([
    ['openShell', 'SSH to api-prod-1'],
    ['openConsole', 'Console of api-prod-1'],
  ] as const)('that fails is told with its instance: %s', async (open, about) => {
    const loaded = await load();
    const { toasts } = await import('../../../../renderer/components/feedback/toast-store.ts');
    main[open].mockResolvedValueOnce(fail({ kind: 'no-account' }));
    await loaded[open](web);
    expect(main[open]).toHaveBeenCalledExactlyOnceWith({ instanceId: web });
    expect(get(toasts)).toMatchObject([{ about, tone: 'bad' }]);
    expect(loaded.terminalDock.activeId).toBeNull();
  });

  it('of an instance that left the list has a name all the same', async () => {
    const { openShell } = await load();
    const { toasts } = await import('../../../../renderer/components/feedback/toast-store.ts');
    main.nameOf.mockReturnValue(null);
    main.openShell.mockResolvedValueOnce(fail({ kind: 'no-account' }));
    await openShell(web);
    expect(get(toasts)).toMatchObject([{ about: 'SSH to an instance' }]);
  });
});
