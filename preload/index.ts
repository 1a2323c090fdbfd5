import { contextBridge, ipcRenderer, webFrame, webUtils, type IpcRendererEvent } from 'electron';
import { mapChannels } from './contract/define.ts';
import { channels } from './contract/channels.ts';
import type { Bridge } from './contract/index.ts';
import { localesInArguments } from './contract/locales.ts';
import { lockPage } from './contract/lock-page.ts';
import { fail, type Result } from './contract/result.ts';
import { sessionPortMessage } from './contract/session-port.ts';

/** What the page needs for its first picture, each with the push that makes an answer to it old. */
const firstQuestions = [
  ['accounts.state', 'accounts.changed'],
  ['settings.get', 'settings.changed'],
  ['snapshot.current', 'snapshot.changed'],
] as const;

const isLockPage = window.location.pathname === `/${lockPage}`;

/** Asked now, while the page's scripts are on their way, and given to the page when it asks. */
const firstAnswers = new Map<string, Promise<unknown>>();
for (const [channel, push] of isLockPage ? [] : firstQuestions) {
  firstAnswers.set(channel, ipcRenderer.invoke(channel));
  // Nobody listens yet to what is pushed now: the page has to ask again.
  ipcRenderer.once(push, () => firstAnswers.delete(channel));
}

/** Each call answers with a result, also where main could not: what waits for it in the page is never left waiting. */
const notAnswered = fail({
  kind: 'internal',
  message: 'Something went wrong in the app: it gave no answer.',
} as const);

async function invoke(channel: string, input: unknown): Promise<unknown> {
  const asked = firstAnswers.get(channel);
  firstAnswers.delete(channel);
  try {
    return await (asked ?? ipcRenderer.invoke(channel, input));
  } catch {
    return notAnswered;
  }
}

const calls = mapChannels(channels, (channel, kind) =>
  kind === 'call'
    ? (input: unknown) => invoke(channel, input)
    : (listener: (payload: unknown) => void) => {
        // The event object stays here: it would hand the renderer a way to send on any channel.
        const forward = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
        ipcRenderer.on(channel, forward);
        return () => {
          ipcRenderer.off(channel, forward);
        };
      },
);

/** The page gets no call that takes paths of this computer. */
function withoutDrops(all: Readonly<Record<string, Readonly<Record<string, unknown>>>>): object {
  const files = Object.entries(all['files'] ?? {}).filter(([name]) => name !== 'uploadDropped');
  return { ...all, files: Object.fromEntries(files) };
}

// A MessagePort cannot cross the context bridge; posting it to the page's own window hands it over.
ipcRenderer.on(sessionPortMessage, (event, sessionId: unknown) => {
  window.postMessage({ type: sessionPortMessage, sessionId }, window.location.origin, event.ports);
});

/** The paths are read from the dropped files themselves: a page that says a path of its own is given nothing. */
const uploadDropped: Bridge['uploadDropped'] = async ({ sessionId, folder, files }) => {
  const localPaths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
  return (await invoke('files.uploadDropped', { sessionId, folder, localPaths })) as Result<undefined>;
};

contextBridge.exposeInMainWorld('evorxa', {
  calls: withoutDrops(calls),
  uploadDropped,
  giveBackMemory: () => webFrame.clearCache(),
  locales: localesInArguments(process.argv),
  platform: process.platform,
});
