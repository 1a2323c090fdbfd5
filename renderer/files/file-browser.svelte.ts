/* eslint-disable svelte/prefer-svelte-reactivity -- Each set is replaced as a whole, and the map is not shown. */
import { errorText } from '../../preload/contract/errors-words.ts';
import {
  joinPath,
  type FileProblem,
  type FileRequest,
  type FileRequests,
  type PortFromFiles,
  type PortToFiles,
  type RemoteFile,
  type RemotePath,
  type Transfer,
} from '../../preload/contract/remote-files.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import type { SessionPhase, TerminalSession } from '../../preload/contract/terminal.ts';
import { client } from '../client.ts';
import { attachSession } from '../session/session-ports.ts';

const gone: FileProblem = {
  kind: 'lost',
  sentence: 'The connection ended before the answer came. Connect again and look at the folder.',
};

/** The files of one session as a pane shows them. */
export class FileBrowser {
  #port: MessagePort | null = null;
  #lastRequestId = 0;
  #waiting = new Map<number, (result: Result<unknown, FileProblem>) => void>();
  #listing = 0;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  /** The process that the port leads to; null while there is none. */
  attachedTo = $state<number | null>(null);
  attachError = $state<string | null>(null);
  told = $state.raw<{ readonly state: SessionPhase; readonly sinceMs: number } | null>(null);
  /** Null until a folder was opened. */
  path = $state<RemotePath | null>(null);
  entries = $state.raw<readonly RemoteFile[]>([]);
  /** Why a folder could not be opened, and which; `path` is still the one before. */
  problem = $state.raw<(FileProblem & { readonly path: RemotePath | null }) | null>(null);
  isLoading = $state(false);
  transfers = $state.raw<readonly Transfer[]>([]);
  selected = $state.raw<ReadonlySet<string>>(new Set());

  async attach({ id, process }: TerminalSession): Promise<void> {
    const answer = await attachSession(
      id,
      (port) => {
        this.#port?.close();
        this.#port = port;
        this.told = null;
        this.attachedTo = process;
        port.onmessage = (event: MessageEvent<PortFromFiles>) => this.#receive(event.data);
      },
      client.files.attach,
    );
    if (!answer.ok) this.attachError = errorText(answer.error);
  }

  close(): void {
    clearTimeout(this.#refreshTimer);
    this.#port?.close();
  }

  send(message: PortToFiles): void {
    this.#port?.postMessage(message);
  }

  ask<K extends FileRequest['type']>(
    type: K,
    ask: FileRequests[K]['ask'],
  ): Promise<Result<FileRequests[K]['answer'], FileProblem>> {
    const requestId = (this.#lastRequestId += 1);
    const answer = new Promise<Result<unknown, FileProblem>>((resolve) =>
      this.#waiting.set(requestId, resolve),
    );
    const request = { type, ...ask } as unknown as FileRequest;
    this.send({ type: 'request', requestId, request });
    return answer as Promise<Result<FileRequests[K]['answer'], FileProblem>>;
  }

  /** Opens a folder; without one, the user's home. What was asked for last counts. */
  async open(path: RemotePath | null): Promise<void> {
    const listing = (this.#listing += 1);
    this.isLoading = true;
    const listed = await this.ask('list', { path });
    if (listing !== this.#listing) return;
    this.isLoading = false;
    if (!listed.ok) {
      this.problem = { ...listed.error, path };
      return;
    }
    this.problem = null;
    if (listed.value.path !== this.path) this.selected = new Set();
    this.path = listed.value.path;
    this.entries = listed.value.entries;
    const names = new Set<string>(this.entries.map(({ name }) => name));
    this.selected = new Set([...this.selected].filter((name) => names.has(name)));
  }

  refresh(): Promise<void> {
    return this.open(this.path);
  }

  /** Opens again what could not be opened. */
  retry(): Promise<void> {
    return this.open(this.problem === null ? this.path : this.problem.path);
  }

  /** The path of an entry of the folder that is shown. */
  pathOf(name: string): RemotePath {
    return joinPath(this.path ?? ('/' as RemotePath), name as RemotePath);
  }

  #receive(message: PortFromFiles): void {
    if (message.type === 'state') this.#stateChanged(message);
    else if (message.type === 'transfers') this.transfers = message.transfers;
    else if (message.type === 'changed') {
      // Many files come in a row.
      if (message.folder === this.path) {
        clearTimeout(this.#refreshTimer);
        this.#refreshTimer = setTimeout(() => void this.refresh(), 300);
      }
    } else {
      this.#waiting.get(message.requestId)?.(message.result);
      this.#waiting.delete(message.requestId);
    }
  }

  #stateChanged(message: Extract<PortFromFiles, { readonly type: 'state' }>): void {
    const wasOpen = this.told?.state.phase === 'open';
    this.told = message;
    if (message.state.phase === 'open' && !wasOpen) void this.open(this.path);
    if (message.state.phase !== 'ended') return;
    for (const answer of this.#waiting.values()) answer(fail(gone));
    this.#waiting.clear();
    this.isLoading = false;
  }
}
