import type {
  ConflictChoice,
  FileProblem,
  Transfer,
  TransferState,
} from '../../../../preload/contract/remote-files.ts';
import { ok, type Result } from '../../../../preload/contract/result.ts';
import { Conflicts } from './conflicts.ts';
import type { CopyControl, CopyOutcome, FileJob, FileVersion } from './copying.ts';
import { discardDownload, downloadFile } from './download-file.ts';
import type { Bytes } from './packets.ts';
import { makeLocalFolder, makeRemoteFolder } from './folders.ts';
import { folderOf, shownBytes } from './remote-path.ts';
import type { SftpClient } from './sftp-client.ts';
import { Speed } from './speed.ts';
import { discardUpload, uploadFile } from './upload-file.ts';
import { planDownload, planUpload, type Plan } from './walk.ts';

/** Small files cost round trips, not bandwidth. */
const filesAtOnce = 4;
const maxNotes = 100;

/** What is copied, and where to. */
export type TransferOrder =
  | { readonly direction: 'upload'; readonly localPath: string; readonly remote: Bytes }
  | { readonly direction: 'download'; readonly remote: Bytes; readonly localFolder: string };

export interface TransferParts {
  readonly id: number;
  readonly order: TransferOrder;
  /** Of a file that is edited here: what it was when it was opened. */
  readonly expected?: FileVersion;
  readonly nowMs: () => number;
  /** Something that is shown has changed. */
  readonly changed: () => void;
  /** A file came to be in a folder of the server. */
  readonly put: (folder: Bytes) => void;
}

/** One file or folder that is copied, over any number of connections. */
export class RunningTransfer {
  readonly order: TransferOrder;
  readonly #parts: TransferParts;
  readonly #name: string;
  readonly #speed = new Speed();
  readonly #notes: string[] = [];
  #state: TransferState = { phase: 'waiting' };
  #plan: Plan | null = null;
  #doneFiles = 0;
  #doneBytes = 0;
  #skippedFiles = 0;
  #stop: 'pause' | 'cancel' | null = null;
  #isRunning = false;
  readonly #conflicts = new Conflicts((conflict) =>
    this.#set(conflict === null ? { phase: 'running' } : { phase: 'asking', conflict }),
  );

  constructor(parts: TransferParts) {
    this.#parts = parts;
    this.order = parts.order;
    this.#name = shownBytes(parts.order.remote);
  }

  get id(): number {
    return this.#parts.id;
  }

  get state(): TransferState {
    return this.#state;
  }

  /** The file or folder that came to be on the other side: its path. */
  get savedAs(): Buffer | null {
    return this.#plan?.folders[0] ?? this.#plan?.jobs[0]?.savedAs ?? null;
  }

  /** It runs, or is still on its way to stop. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** As the window shows it. */
  shown(): Transfer {
    const isMoving = this.#state.phase === 'running';
    return {
      id: this.#parts.id,
      direction: this.order.direction,
      name: this.#name,
      state: this.#state,
      doneFiles: this.#doneFiles,
      doneBytes: this.#doneBytes,
      total: this.#plan?.total ?? null,
      bytesPerSecond: isMoving ? this.#speed.bytesPerSecond(this.#parts.nowMs()) : null,
      notes: [...this.#notes],
    };
  }

  /** Goes on until it is over, stopped, or the connection is lost. */
  async run(client: SftpClient): Promise<void> {
    this.#isRunning = true;
    this.#stop = null;
    this.#speed.reset();
    try {
      await this.#run(client);
    } finally {
      this.#isRunning = false;
      this.#parts.changed();
    }
  }

  pause(): void {
    if (this.#isRunning) this.#stop ??= 'pause';
    else if (this.#state.phase === 'waiting' || this.#state.phase === 'interrupted')
      this.#set({ phase: 'paused' });
  }

  /** It waits for its turn again. */
  resume(): void {
    const { phase } = this.#state;
    if (this.#isRunning) {
      if (this.#stop === 'pause') this.#stop = null;
    } else if (phase === 'paused' || phase === 'failed' || phase === 'interrupted')
      this.#set({ phase: 'waiting' });
  }

  /** Ends it, and removes what is not whole; without a connection what is on the server stays. */
  async cancel(client: SftpClient | null): Promise<void> {
    if (this.#isOver()) return;
    this.#stop = 'cancel';
    this.#conflicts.drop();
    if (this.#isRunning) return;
    await this.#discard(client);
    this.#set({ phase: 'canceled' });
  }

  /** Takes the answer to the question that it shows. */
  answer(conflictId: number, choice: ConflictChoice, forAll: boolean): void {
    this.#conflicts.answer(conflictId, choice, forAll);
  }

  /** The connection ended: nobody's answer could be used. */
  connectionLost(): void {
    this.#conflicts.drop();
  }

  async #run(client: SftpClient): Promise<void> {
    if (this.#plan === null) {
      this.#set({ phase: 'counting' });
      const plan = await this.#makePlan(client);
      // What was counted of half a folder is nothing to go by.
      if (this.#stop !== null) return this.#stopped(client);
      if (!plan.ok) {
        this.#fail(plan.error);
        return;
      }
      this.#plan = plan.value;
      for (const note of plan.value.notes) this.#note(note);
    }
    this.#set({ phase: 'running' });
    const made = await this.#makeFolders(client, this.#plan.folders);
    if (!made.ok) {
      this.#fail(made.error);
      return;
    }
    const problem = await this.#copyAll(client, this.#plan.jobs);
    if (this.#stop !== null) return this.#stopped(client);
    if (problem === null) this.#set({ phase: 'done', skippedFiles: this.#skippedFiles });
    else this.#fail(problem);
  }

  #makePlan(client: SftpClient): Promise<Result<Plan, FileProblem>> {
    const { order } = this;
    const isStopped = (): boolean => this.#stop !== null;
    return order.direction === 'upload'
      ? planUpload(order.localPath, order.remote, isStopped)
      : planDownload(client, order.remote, order.localFolder, isStopped);
  }

  async #makeFolders(client: SftpClient, folders: readonly Buffer[]): Promise<Result<null, FileProblem>> {
    for (const folder of folders) {
      if (this.#stop !== null) break;
      const made =
        this.order.direction === 'upload'
          ? await makeRemoteFolder(client, folder)
          : await makeLocalFolder(folder);
      if (!made.ok) return made;
      if (folder === folders[0] && this.order.direction === 'upload') this.#parts.put(folderOf(folder));
    }
    return ok(null);
  }

  /** Gives the first problem, after which single files are gone on with, but for one that every file would have. */
  async #copyAll(client: SftpClient, jobs: readonly FileJob[]): Promise<FileProblem | null> {
    const left = jobs.filter(({ state }) => state === 'waiting');
    let first: FileProblem | null = null;
    let failures = 0;
    /** The rest would fail of the same. */
    const isHopeless = ({ kind }: FileProblem): boolean => kind === 'lost' || kind === 'full';
    const copyNext = async (): Promise<void> => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) {
        const outcome = await this.#copy(client, job);
        if (outcome.kind === 'failed') {
          first ??= outcome.problem;
          failures += 1;
          if (jobs.length > 1 && outcome.problem.kind !== 'lost') this.#note(outcome.problem.sentence);
          if (isHopeless(outcome.problem)) left.length = 0;
        }
        if (this.#isStopped()) return;
      }
    };
    await Promise.all(Array.from({ length: filesAtOnce }, copyNext));
    const problem = first as FileProblem | null;
    if (problem === null || failures === 1 || isHopeless(problem)) return problem;
    return {
      kind: problem.kind,
      sentence: `${failures} of ${jobs.length} files were not copied. The notes say why. Try again to copy them alone.`,
    };
  }

  async #copy(client: SftpClient, job: FileJob): Promise<CopyOutcome> {
    const control: CopyControl = {
      isStopped: () => this.#stop !== null,
      copied: (bytes) => {
        this.#doneBytes += bytes;
        if (bytes > 0) this.#speed.add(bytes, this.#parts.nowMs());
        this.#parts.changed();
      },
      note: (sentence) => this.#note(sentence),
      ask: (conflict) => (this.#stop === 'cancel' ? Promise.resolve(null) : this.#conflicts.ask(conflict)),
      expected: this.#parts.expected ?? null,
    };
    job.state = 'running';
    const outcome = await (this.order.direction === 'upload'
      ? uploadFile(client, job, control)
      : downloadFile(client, job, control));
    if (outcome.kind === 'done' || outcome.kind === 'skipped') {
      job.state = outcome.kind;
      this.#doneFiles += 1;
      if (outcome.kind === 'skipped') this.#skippedFiles += 1;
      else if (this.order.direction === 'upload') this.#parts.put(folderOf(job.remote));
    } else job.state = 'waiting';
    return outcome;
  }

  async #stopped(client: SftpClient): Promise<void> {
    if (this.#stop === 'cancel') {
      await this.#discard(client);
      this.#set({ phase: 'canceled' });
    } else this.#set({ phase: 'paused' });
  }

  #fail(problem: FileProblem): void {
    if (this.#stop === 'cancel') this.#set({ phase: 'canceled' });
    else if (problem.kind !== 'lost') this.#set({ phase: 'failed', problem });
    else this.#set(this.#stop === 'pause' ? { phase: 'paused' } : { phase: 'interrupted' });
  }

  async #discard(client: SftpClient | null): Promise<void> {
    for (const job of this.#plan?.jobs ?? []) {
      if (job.part === null) continue;
      if (this.order.direction === 'download') {
        const copied = (bytes: number): void => void (this.#doneBytes += bytes);
        await discardDownload(job, { copied, note: (sentence) => this.#note(sentence) });
        continue;
      }
      const removed = client === null ? null : await discardUpload(client, job);
      if (removed?.ok !== true)
        this.#note(`A part of ${job.name} is left on the instance: ${shownBytes(job.part.path)}.`);
    }
  }

  #isStopped(): boolean {
    return this.#stop !== null;
  }

  #isOver(): boolean {
    return this.#state.phase === 'done' || this.#state.phase === 'canceled';
  }

  #note(sentence: string): void {
    if (this.#notes.length < maxNotes) this.#notes.push(sentence);
    this.#parts.changed();
  }

  #set(state: TransferState): void {
    this.#state = state;
    this.#parts.changed();
  }
}
