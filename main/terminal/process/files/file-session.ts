import { basename } from 'node:path';
import {
  joinPath,
  type FileProblem,
  type FileRequest,
  type FileRequests,
  type PortToFiles,
  type RemotePath,
} from '../../../../preload/contract/remote-files.ts';
import { assertNever, fail, ok, type Result } from '../../../../preload/contract/result.ts';
import type { SshConnectionEnds } from '../../../ssh/index.ts';
import type { EndedState, FileNews, FileOrder, SessionTarget } from '../../protocol.ts';
import * as endings from '../disconnect-reason.ts';
import type { Ending } from '../disconnect-reason.ts';
import type { HostAddress } from '../known-hosts.ts';
import { RoutedConnection } from '../routed-connection.ts';
import { Reconnecting } from '../reconnecting.ts';
import { sessionConnection } from '../session-connection.ts';
import { SessionState } from '../session-state.ts';
import type { SessionParts } from '../session.ts';
import { RemoteEdits } from './edits.ts';
import type { FilePort } from './file-port.ts';
import { FilesUse, type FileClients } from './files-use.ts';
import {
  countFiles,
  listFolder,
  makeFolder,
  makeLink,
  removeFiles,
  renameFile,
  setMode,
} from './remote-files.ts';
import { fromBytes, toBytes } from './remote-path.ts';
import { TransferQueue } from './transfer-queue.ts';

type FileAnswer = Result<FileRequests[keyof FileRequests]['answer'], FileProblem>;

const notConnected: FileProblem = {
  kind: 'lost',
  sentence: 'There is no connection to the instance. Connect again first.',
};

/**
 * The files of an instance: one connection after the other, and the transfers, which outlive each. It lives on while no
 * view is attached, and waits for `reconnect` after its connection is lost, unless it is set to connect again by itself.
 */
export class FileSession {
  readonly target: SessionTarget;
  readonly #parts: SessionParts;
  readonly #state: SessionState;
  readonly #reconnecting: Reconnecting;
  readonly #transfers: TransferQueue;
  readonly #edits: RemoteEdits;
  readonly #tell: (news: FileNews) => void;
  #connection: RoutedConnection | null = null;
  #clients: FileClients | null = null;
  #port: FilePort | null = null;

  /** `endedState` is that of a session that a former process had. */
  constructor(
    target: SessionTarget,
    parts: SessionParts,
    endedState: EndedState | null,
    tell: (news: FileNews) => void,
  ) {
    this.target = target;
    this.#parts = parts;
    this.#state = new SessionState(parts.clock, endedState ?? { phase: 'resolving' }, (state, sinceMs) => {
      this.#port?.send({ type: 'state', state, sinceMs });
      parts.onState(state, sinceMs);
    });
    this.#reconnecting = new Reconnecting({
      ...parts,
      isWanted: parts.reconnects,
      state: this.#state,
      connect: () => this.#connect(),
      end: (ending) => this.#connection?.end(ending),
    });
    this.#transfers = new TransferQueue({
      clock: parts.clock,
      changed: (transfers) => this.#port?.send({ type: 'transfers', transfers }),
      put: (folder) => this.#port?.send({ type: 'changed', folder }),
    });
    this.#edits = new RemoteEdits(this.#transfers, () => this.#clients?.browsing ?? null, tell);
    this.#tell = tell;
  }

  /** Connects as somebody asks, unless it does already. */
  connect(): void {
    if (this.#connection !== null) return;
    this.#reconnecting.askedFor();
    this.#connect();
  }

  #connect(): void {
    const { parts, listener } = sessionConnection(this.#parts, this.#state, this.#reconnecting);
    this.#connection = new RoutedConnection(this.target, parts, {
      ...listener,
      use: (client, hooks) =>
        new FilesUse(client, parts.clock, parts.limits.keepalive, {
          ...hooks,
          clients: (clients) => this.#connected(clients),
        }),
      // There is no terminal to write it to; questions quote it.
      said: () => undefined,
      ended: (ending) => this.#ended(ending),
    });
    this.#state.begin();
    this.#connection.start();
  }

  /** Gives the session to a view. A former view is let go. */
  attach(port: FilePort): void {
    this.#port?.close();
    this.#port = port;
    port.onMessage((message) => this.#port === port && this.#receive(message));
    port.onClose(() => {
      if (this.#port === port) this.#port = null;
    });
    port.send({ type: 'state', state: this.#state.now, sinceMs: this.#state.sinceMs });
    port.send({ type: 'transfers', transfers: this.#transfers.shown() });
  }

  /** Ends it for good. */
  close(): void {
    this.#transfers.stop();
    this.#reconnecting.stop();
    this.#connection?.end(endings.closed());
    this.#port?.close();
    this.#port = null;
  }

  /** The machine woke, or its network changed: finds out whether the other side is still there. */
  probe(): void {
    this.#connection?.probe();
    this.#reconnecting.now();
  }

  /** It is set otherwise whether a session connects again by itself. */
  reconnectsChanged(): void {
    if (!this.#parts.reconnects()) this.#reconnecting.cancel();
  }

  /** Both ends of its connection, as the server sees them; null where that is not known. */
  ends(): Promise<SshConnectionEnds | null> {
    return this.#connection?.ends() ?? Promise.resolve(null);
  }

  /** Known_hosts's name of the server whose changed key has stopped the session; null: none has. */
  get changedKey(): HostAddress | null {
    return this.#state.changedKey;
  }

  hostKeyForgotten(): void {
    this.#state.hostKeyForgotten();
  }

  newKeyExpected(): void {
    this.#state.newKeyExpected();
  }

  /** Copies what was chosen, or opens a file for editing: main alone knows paths of this computer. */
  take(order: FileOrder): void {
    switch (order.type) {
      case 'upload':
        for (const localPath of order.localPaths) {
          const remote = joinPath(order.folder, fromBytes(Buffer.from(basename(localPath), 'utf8')));
          this.#transfers.add({ direction: 'upload', localPath, remote: toBytes(remote) });
        }
        return;
      case 'download':
        for (const path of order.paths) {
          const remote = toBytes(path);
          const { localFolder } = order;
          const transferId = this.#transfers.add(
            { direction: 'download', remote, localFolder },
            null,
            (end) => {
              if (end.kind === 'done' && end.savedAs !== null)
                this.#tell({ type: 'downloaded', transferId, localPath: end.savedAs.toString('utf8') });
            },
          );
        }
        return;
      case 'edit':
        this.#edits.open(order.editId, toBytes(order.path), order.localFolder);
        return;
      case 'edit-saved':
        this.#edits.saved(order);
        return;
      default:
        assertNever(order);
    }
  }

  #receive(message: PortToFiles): void {
    switch (message.type) {
      case 'answer':
        this.#state.answered(message);
        return;
      case 'reconnect':
        if (this.#state.now.phase === 'ended' && this.#state.now.retryable) this.connect();
        return;
      case 'cancel':
        if (this.#state.now.phase !== 'open') this.#connection?.end(endings.cancelled());
        this.#reconnecting.cancel();
        return;
      case 'request':
        void this.#answer(message.requestId, message.request);
        return;
      case 'transfer':
        this.#transfers.act(message.transferId, message.action);
        return;
      case 'conflict':
        this.#transfers.answer(message.transferId, message.conflictId, message.choice, message.forAll);
        return;
      default:
        assertNever(message);
    }
  }

  async #answer(requestId: number, request: FileRequest): Promise<void> {
    const result = await this.#do(request);
    this.#port?.send({ type: 'answered', requestId, result });
  }

  async #do(request: FileRequest): Promise<FileAnswer> {
    const client = this.#clients?.browsing;
    if (client === undefined) return fail(notConnected);
    const bytes = (paths: readonly RemotePath[]): Buffer[] => paths.map(toBytes);
    switch (request.type) {
      case 'list': {
        const listed = await listFolder(client, request.path === null ? null : toBytes(request.path));
        return listed.ok ? ok({ ...listed.value, path: fromBytes(listed.value.path) }) : listed;
      }
      case 'make-folder':
        return makeFolder(client, toBytes(request.path));
      case 'make-link':
        return makeLink(client, toBytes(request.path), toBytes(request.target));
      case 'rename':
        return renameFile(client, toBytes(request.from), toBytes(request.to));
      case 'count':
        return countFiles(client, bytes(request.paths));
      case 'remove':
        return removeFiles(client, bytes(request.paths));
      case 'set-mode':
        return setMode(client, toBytes(request.path), request.mode);
      default:
        return assertNever(request);
    }
  }

  #connected(clients: FileClients): void {
    this.#clients = clients;
    this.#transfers.connected(clients.transfers);
  }

  #ended(ending: Ending): void {
    this.#connection = null;
    this.#clients = null;
    this.#transfers.disconnected();
    this.#reconnecting.ended(ending);
  }
}
