import { beforeEach, describe, expect, it } from 'vitest';
import { createDockLayouts, type DockLayouts } from '../../../main/dock/index.ts';
import type { AccountId, InstanceId, SessionId } from '../../../preload/contract/brands.ts';
import type { DockLayout } from '../../../preload/contract/dock-layout.ts';
import { FakeAccountFiles } from '../storage/fakes.ts';

const ada = 'ada' as AccountId;
const bob = 'bob' as AccountId;
const id = (name: string) => name as SessionId;
const pane = (name: string) => ({ type: 'pane', pane: id(name) }) as const;

/** A run of the app; the instances of `gone` are no longer there. */
function run(files: FakeAccountFiles, gone: readonly string[] = [], connects = false) {
  const owners = new Map<SessionId, { accountId: AccountId; instanceId: InstanceId; title: string }>();
  const made: string[] = [];
  const signedIn = new Set([ada, bob]);
  const add = (accountId: AccountId, kind: string, how: string, instance: string): SessionId | null => {
    if (gone.includes(instance)) return null;
    const sessionId = id(`${kind}-${owners.size}-${instance}`);
    owners.set(sessionId, { accountId, instanceId: instance as InstanceId, title: `name of ${instance}` });
    made.push(`${how} ${kind} ${instance}`);
    return sessionId;
  };
  const ownerOf = (sessionId: SessionId) => owners.get(sessionId) ?? null;
  const layouts: DockLayouts = createDockLayouts({
    files,
    terminals: {
      open: (instance, kind) => add(ada, kind, 'open', instance),
      restore: (instance, kind) => add(ada, kind, 'restore', instance),
      ownerOf: (sessionId) => {
        const owner = ownerOf(sessionId);
        const kind = (['shell', 'files'] as const).find((each) => sessionId.startsWith(each));
        return owner === null || kind === undefined ? null : { ...owner, kind };
      },
    },
    consoles: {
      open: (instance) => add(ada, 'console', 'open', instance),
      restore: (instance) => add(ada, 'console', 'restore', instance),
      ownerOf: (sessionId) => (sessionId.startsWith('console') ? ownerOf(sessionId) : null),
    },
    isSignedIn: (accountId) => signedIn.has(accountId),
    connectsAtStart: () => connects,
  });
  return { layouts, made, add, signedIn };
}

let files: FakeAccountFiles;
beforeEach(() => {
  files = new FakeAccountFiles();
});

/** Saves a shell and a console beside each other, and a shell of another account. */
function lastRun(): void {
  const { layouts, add } = run(files);
  layouts.load(ada);
  const [web, screen, his] = [
    add(ada, 'shell', 'open', 'web'),
    add(ada, 'console', 'open', 'db'),
    add(bob, 'shell', 'open', 'his'),
  ].map((each) => each ?? id(''));
  if (web === undefined || screen === undefined || his === undefined) throw new Error('None was made.');
  const layout: DockLayout<SessionId> = {
    tabs: [
      {
        tree: {
          type: 'split',
          direction: 'row',
          parts: [
            { share: 0.3, tree: pane(web) },
            { share: 0.7, tree: pane(screen) },
          ],
        },
        front: screen,
      },
      { tree: pane(his), front: his },
    ],
    front: screen,
  };
  layouts.save(layout);
}

describe('the dock', () => {
  it('is restored once a run, each pane on its instance, and connects nothing', () => {
    lastRun();
    const { layouts, made } = run(files);
    const first = layouts.load(ada);
    expect(made).toEqual(['restore shell web', 'restore console db']);
    const [web, screen] = [id('shell-0-web'), id('console-1-db')];
    expect(first).toEqual({
      goneTitles: [],
      layout: {
        tabs: [
          {
            tree: {
              type: 'split',
              direction: 'row',
              parts: [
                { share: 0.3, tree: pane(web) },
                { share: 0.7, tree: pane(screen) },
              ],
            },
            front: screen,
          },
        ],
        front: screen,
      },
    });
    expect(layouts.load(ada)).toEqual(first);
    expect(made).toHaveLength(2);
  });

  it('connects by itself where that is set', () => {
    lastRun();
    const { layouts, made } = run(files, [], true);
    layouts.load(ada);
    expect(made).toEqual(['open shell web', 'open console db']);
  });

  it('brings files back as files', () => {
    const { layouts, add } = run(files);
    layouts.load(ada);
    const folder = add(ada, 'files', 'open', 'web');
    if (folder === null) throw new Error('None was made.');
    layouts.save({ tabs: [{ tree: pane(folder), front: folder }], front: folder });
    const next = run(files);
    next.layouts.load(ada);
    expect(next.made).toEqual(['restore files web']);
  });

  it('says whose instance is gone, and gives its place to what stood beside it', () => {
    lastRun();
    const { layouts } = run(files, ['db']);
    expect(layouts.load(ada)).toEqual({
      goneTitles: ['name of db'],
      layout: { tabs: [{ tree: pane('shell-0-web'), front: 'shell-0-web' }], front: 'shell-0-web' },
    });
  });

  it('keeps of an account its own panes, and nothing of one that was not restored or is signed out', () => {
    lastRun();
    expect(JSON.stringify(files.of(ada).get('dockLayout'))).not.toContain('his');
    expect(files.of(bob).get('dockLayout')).toBeUndefined();
    const { layouts, signedIn } = run(files);
    layouts.load(ada);
    signedIn.delete(ada);
    layouts.forgetAccount(ada);
    layouts.save({ tabs: [], front: null });
    expect(files.of(ada).get('dockLayout')).toBeUndefined();
  });
});
