import { beforeEach, expect, it, vi } from 'vitest';
import type { NotificationRequest } from '../../../main/desktop/notification-system.ts';
import { Notifier } from '../../../main/desktop/notifier.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';

vi.mock('electron', () => ({ Notification: vi.fn() }));

interface Shown {
  readonly request: NotificationRequest;
  readonly close: ReturnType<typeof vi.fn<() => void>>;
}

const made: Shown[] = [];
const at = (index: number): Shown => {
  const notification = made.at(index);
  if (notification === undefined) throw new Error('There is no such notification.');
  return notification;
};
const onClick = vi.fn<(notice: Notice) => void>();
const onShell = vi.fn<(instanceId: InstanceId) => void>();
const onShown = vi.fn<() => void>();
const onFailed = vi.fn<(message: string, about: Notice | null) => void>();
let isSupported: boolean;
let readsMarkup: boolean;
let notifier: Notifier;
beforeEach(() => {
  isSupported = true;
  made.length = 0;
  for (const heard of [onClick, onShell, onShown, onFailed]) heard.mockClear();
  readsMarkup = false;
  notifier = new Notifier({
    system: {
      isAvailable: () => isSupported,
      show: (request) => {
        // As systems do: closing is told.
        const shown = { request, close: vi.fn<() => void>(() => request.onClosed()) };
        made.push(shown);
        return shown;
      },
      stop: () => undefined,
      ended: () => null,
    },
    onClick,
    onShell,
    iconPath: null,
    readsMarkup: () => readsMarkup,
    onShown,
    onFailed,
  });
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
  expect(at(0).request).toMatchObject({ title: 'a stopped', body: 'A minute ago.' });
  at(0).request.onClick();
  expect(onClick).toHaveBeenCalledExactlyOnceWith(stopped);
});

it('writes names in a body so that none is markup, where the desktop reads markup, and else as they are', () => {
  const [title, body] = ['R&D <b>x</b> stopped', 'The renewal of R&D <eu> &amp; <b>x</b> is due.'];
  notifier.show({ ...notice('a'), title, body });
  readsMarkup = true;
  notifier.show({ ...notice('b'), title, body });
  expect(at(0).request).toMatchObject({ title, body });
  expect(at(1).request).toMatchObject({
    title,
    body: 'The renewal of R&amp;D &lt;eu&gt; &amp;amp; &lt;b&gt;x&lt;/b&gt; is due.',
  });
});

it('the newer about an instance replaces the older, and its own end does not touch the newer', () => {
  notifier.show(notice('a'));
  notifier.show(notice('a', 'started'));
  notifier.show(notice('b'));
  expect(at(0).close).toHaveBeenCalledTimes(1);
  at(0).request.onClosed();
  notifier.closeAll();
  expect(at(1).close).toHaveBeenCalledTimes(1);
  expect(at(2).close).toHaveBeenCalledTimes(1);
});

it('holds twelve at most: the oldest goes, and one that was replaced is new', () => {
  for (let i = 0; i < 12; i += 1) notifier.show(notice(String(i)));
  notifier.show(notice('0', 'started'));
  notifier.show(notice('12'));
  expect(made.filter(({ close }) => close.mock.calls.length > 0).map(({ request }) => request.title)).toEqual(
    ['0 stopped', '1 stopped'],
  );
  expect(at(12).close).not.toHaveBeenCalled();
});

it('takes one that was replaced for new also where its end is told late', () => {
  for (let i = 0; i < 12; i += 1) notifier.show(notice(String(i)));
  at(0).close.mockImplementation(() => undefined);
  notifier.show(notice('0', 'started'));
  notifier.show(notice('12'));
  expect(at(12).close).not.toHaveBeenCalled();
  expect(at(1).close).toHaveBeenCalledTimes(1);
});

it('lets go of those that were closed or failed', () => {
  notifier.show(notice('a'));
  notifier.show(notice('b'));
  at(0).request.onFailed('no daemon');
  at(1).request.onClosed();
  notifier.closeAll();
  expect(at(0).close).not.toHaveBeenCalled();
  expect(at(1).close).not.toHaveBeenCalled();
});

it('does nothing where the system shows none', () => {
  isSupported = false;
  expect(notifier.isAvailable()).toBe(false);
  notifier.show(notice('a'));
  expect(made).toEqual([]);
});

it('tells of what the system showed and did not show', () => {
  notifier.show(notice('a'));
  at(0).request.onFailed('No service.');
  notifier.say({ subject: 'tray', title: 'In the tray', body: '', onClick: vi.fn() });
  at(1).request.onFailed('');
  expect(onFailed.mock.calls).toEqual([
    ['No service.', notice('a')],
    ['', null],
  ]);
  expect(onShown).not.toHaveBeenCalled();
  notifier.show(notice('b'));
  at(2).request.onShown();
  expect(onShown).toHaveBeenCalledTimes(1);
});

it('has a button that opens, and one for a shell where there may be one', () => {
  const labels = (index: number): readonly string[] => at(index).request.buttons.map(({ label }) => label);
  notifier.show({ ...notice('a', 'provisioned') });
  notifier.show(notice('b', 'stopped'));
  notifier.show({ ...notice('wallet', 'low-balance'), instanceId: null });
  notifier.say({ subject: 'tray', title: 'In the tray', body: '', onClick: vi.fn() });
  expect([0, 1, 2, 3].map(labels)).toEqual([['Open', 'SSH'], ['Open'], ['Open'], ['Open']]);
  at(0).request.onButton('ssh');
  expect(onShell).toHaveBeenCalledExactlyOnceWith('a');
  expect(onClick).not.toHaveBeenCalled();
  at(1).request.onButton('open');
  expect(onClick).toHaveBeenCalledExactlyOnceWith(notice('b', 'stopped'));
});
