import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { mapContract } from './contract/define.ts';
import { contract } from './contract/index.ts';
import { sessionPortMessage } from './contract/session-port.ts';

const calls = mapContract(contract, (channel, entry) =>
  entry.kind === 'call'
    ? (input: unknown) => ipcRenderer.invoke(channel, input)
    : (listener: (payload: unknown) => void) => {
        // The event object stays here: it would hand the renderer a way to send on any channel.
        const forward = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
        ipcRenderer.on(channel, forward);
        return () => {
          ipcRenderer.off(channel, forward);
        };
      },
);

// A MessagePort cannot cross the context bridge; posting it to the page's own window hands it over.
ipcRenderer.on(sessionPortMessage, (event, sessionId: unknown) => {
  window.postMessage({ type: sessionPortMessage, sessionId }, window.location.origin, event.ports);
});

contextBridge.exposeInMainWorld('evorxa', { calls });
