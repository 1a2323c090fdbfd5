import { expect, it, vi } from 'vitest';
import { isTrustedSender, type Sender } from '../../../main/ipc/trusted-sender.ts';

vi.mock('electron', () => ({ protocol: {} }));

const gone = (): never => {
  throw new Error('Render frame was disposed before WebFrameMain could be accessed');
};

/** A call from a window's main frame that shows `url`. */
function fromMainFrame(url: string): Sender {
  const frame = { url };
  return { senderFrame: frame, sender: { mainFrame: frame } } as unknown as Sender;
}

it('trusts the main frame of our own pages', () => {
  expect(isTrustedSender(fromMainFrame('app://evorxa/index.html'), 'snapshot.current')).toBe(true);
  expect(isTrustedSender(fromMainFrame('app://evorxa/gallery.html#tokens'), 'snapshot.current')).toBe(true);
});

it.each([
  'https://evorxa.com/',
  'https://app//evorxa/',
  'app://evorxa.evil.example/index.html',
  'app://evorxa:80/index.html',
  'app://evorxa@evil/index.html',
  'app://evorxa',
  'app://other/index.html',
  'file:///app://evorxa/index.html',
  'data:text/html,app://evorxa/',
  'blob:app://evorxa/1',
  'about:blank',
  'about:srcdoc',
  'chrome-error://chromewebdata/',
  'devtools://devtools/',
  '',
])('does not trust %j', (url) => {
  expect(isTrustedSender(fromMainFrame(url), 'snapshot.current')).toBe(false);
});

it('does not trust a subframe, a frame of another window, or one that is gone', () => {
  const url = 'app://evorxa/index.html';
  const other = { senderFrame: { url }, sender: { mainFrame: { url } } };
  const none = { senderFrame: null, sender: { mainFrame: { url } } };
  const both = { senderFrame: null, sender: { mainFrame: null } };
  const frame = {
    get url(): string {
      return gone();
    },
  };
  const disposed = { senderFrame: frame, sender: { mainFrame: frame } };
  const closed = {
    senderFrame: { url },
    sender: {
      get mainFrame(): never {
        return gone();
      },
    },
  };
  const vanished = {
    get senderFrame(): never {
      return gone();
    },
    sender: {},
  };
  for (const event of [other, none, both, disposed, closed, vanished]) {
    expect(isTrustedSender(event as unknown as Sender, 'snapshot.current')).toBe(false);
  }
});

it('lets the page of the locked app unlock it, and do nothing else', () => {
  const lock = fromMainFrame('app://evorxa/lock.html');
  const channels = ['appLock.unlock', 'appLock.systemUnlock', 'appLock.unlockBySystem', 'appLock.signOutAll'];
  for (const channel of channels) expect(isTrustedSender(lock, channel)).toBe(true);
  for (const channel of [
    'snapshot.current',
    'accounts.state',
    'appLock.state',
    'appLock.turnOff',
    'appLock.turnOn',
    'app.quit',
    'app.restart',
  ])
    expect(isTrustedSender(lock, channel)).toBe(false);
});
