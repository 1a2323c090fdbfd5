import type { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import { Notifier } from '../../../main/desktop/notifier.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';

interface Shown extends EventEmitter {
  readonly options: { readonly title: string; readonly body: string };
  readonly show: () => void;
  readonly close: () => void;
}

const system = vi.hoisted(() => ({ supported: true, made: [] as unknown[] }));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return {
    Notification: class extends Emitter {
      static isSupported = (): boolean => system.supported;
      readonly options: unknown;
      readonly show = vi.fn();
      // As Electron does: closing is told.
      readonly close = vi.fn(() => this.emit('close'));
      constructor(options: unknown) {
        super();
        this.options = options;
        system.made.push(this);
      }
    },
  };
});

const made = system.made as Shown[];
const at = (index: number): Shown => {
  const notification = made.at(index);
  if (notification === undefined) throw new Error('There is no such notification.');
  return notification;
};
const onClick = vi.fn<(notice: Notice) => void>();
const onShown = vi.fn<() => void>();
const onFailed = vi.fn<(message: string, about: Notice | null) => void>();
let readsMarkup: boolean;
let notifier: Notifier;
beforeEach(() => {
  system.supported = true;
  made.length = 0;
  onClick.mockClear();
  onShown.mockClear();
  onFailed.mockClear();
  readsMarkup = false;
  notifier = new Notifier({ onClick, iconPath: null, readsMarkup: () => readsMarkup, onShown, onFailed });
});

const notice = (id: string, kind: Notice['kind'] = 'stopped'): Notice => ({
  key: `${kind}:${id}`,
  kind,
  title: `${id} stopped`,
  body: 'A minute ago.',
  instanceId: id as InstanceId,
  atMs: 0,
});

it('shows a notice, and a click leads to it', () => {
  const stopped = notice('a');
  notifier.show(stopped);
  expect(at(0).options).toEqual({ title: 'a stopped', body: 'A minute ago.' });
  expect(at(0).show).toHaveBeenCalledTimes(1);
  at(0).emit('click');
  expect(onClick).toHaveBeenCalledExactlyOnceWith(stopped);
});

it('writes names in a body so that none is markup, where the desktop reads markup, and else as they are', () => {
  const [title, body] = ['R&D <b>x</b> stopped', 'The renewal of R&D <eu> &amp; <b>x</b> is due.'];
  notifier.show({ ...notice('a'), title, body });
  readsMarkup = true;
  notifier.show({ ...notice('b'), title, body });
  expect(at(0).options).toEqual({ title, body });
  expect(at(1).options).toEqual({
    title,
    body: 'The renewal of R&amp;D &lt;eu&gt; &amp;amp; &lt;b&gt;x&lt;/b&gt; is due.',
  });
});

it('the newer about an instance replaces the older, and its own end does not touch the newer', () => {
  notifier.show(notice('a'));
  notifier.show(notice('a', 'started'));
  notifier.show(notice('b'));
  expect(at(0).close).toHaveBeenCalledTimes(1);
  at(0).emit('close');
  notifier.closeAll();
  expect(at(1).close).toHaveBeenCalledTimes(1);
  expect(at(2).close).toHaveBeenCalledTimes(1);
});

it('holds twelve at most: the oldest goes, and one that was replaced is new', () => {
  for (let i = 0; i < 12; i += 1) notifier.show(notice(String(i)));
  notifier.show(notice('0', 'started'));
  notifier.show(notice('12'));
  expect(
    made.filter(({ close }) => vi.mocked(close).mock.calls.length > 0).map(({ options }) => options.title),
  ).toEqual(['0 stopped', '1 stopped']);
  expect(at(12).close).not.toHaveBeenCalled();
});

it('takes one that was replaced for new also where its end is told late', () => {
  for (let i = 0; i < 12; i += 1) notifier.show(notice(String(i)));
  vi.mocked(at(0).close).mockImplementation(() => undefined);
  notifier.show(notice('0', 'started'));
  notifier.show(notice('12'));
  expect(at(12).close).not.toHaveBeenCalled();
  expect(at(1).close).toHaveBeenCalledTimes(1);
});

it('lets go of those that were closed or failed', () => {
  notifier.show(notice('a'));
  notifier.show(notice('b'));
  at(0).emit('failed', {}, 'no daemon');
  at(1).emit('close');
  notifier.closeAll();
  expect(at(0).close).not.toHaveBeenCalled();
  expect(at(1).close).not.toHaveBeenCalled();
});

it('does nothing where the system shows none', () => {
  system.supported = false;
  expect(notifier.isAvailable()).toBe(false);
  notifier.show(notice('a'));
  expect(made).toEqual([]);
});

it('tells of what the system showed and did not show', () => {
  notifier.show(notice('a'));
  at(0).emit('failed', {}, 'No service.');
  notifier.say({ subject: 'tray', title: 'In the tray', body: '', onClick: vi.fn() });
  at(1).emit('failed', {}, '');
  expect(onFailed.mock.calls).toEqual([
    ['No service.', notice('a')],
    ['', null],
  ]);
  expect(onShown).not.toHaveBeenCalled();
  notifier.show(notice('b'));
  at(2).emit('show');
  expect(onShown).toHaveBeenCalledTimes(1);
});
