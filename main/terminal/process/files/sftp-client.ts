import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import {
  openFlags,
  packet,
  PacketCutter,
  readAttributes,
  readUint64,
  reply,
  request,
  status,
  wireAttributes,
  WireReader,
  wireString,
  wireUint32,
  wireUint64,
  type Attributes,
  type Bytes,
  type NewAttributes,
} from './packets.ts';
import { isName, parsed, readNames, type ListedName, type SftpFailure } from './answers.ts';

/** The longest packet that is taken: OpenSSH sends 256 KB at most. */
const maxPacketBytes = 1024 * 1024;
/** What every server takes in one request, and OpenSSH without its `limits` extension. */
const usualChunkBytes = 32 * 1024;
/** More in one request gains nothing. */
const maxChunkBytes = 255 * 1024;

export type SftpResult<T> = Promise<Result<T, SftpFailure>>;

/** The part of an ssh2 channel that is used here. */
export interface SftpChannel {
  write(data: Buffer): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

export interface FreeSpace {
  readonly availableBytes: number;
}

/** One request after the other, many at a time, in SFTP version 3. ssh2's own client takes names for UTF-8. */
export class SftpClient {
  readonly #channel: SftpChannel;
  readonly #waiting = new Map<number, (answer: Result<Buffer, SftpFailure>) => void>();
  readonly #extensions = new Map<string, string>();
  #version: ((answer: Result<null, SftpFailure>) => void) | null = null;
  #lastId = 0;
  #isLost = false;
  #readChunkBytes = usualChunkBytes;
  #writeChunkBytes = usualChunkBytes;

  constructor(channel: SftpChannel) {
    this.#channel = channel;
    const cutter = new PacketCutter(maxPacketBytes, (whole) => this.#receive(whole));
    channel.on('data', (chunk) => {
      try {
        if (!this.#isLost) cutter.add(chunk);
      } catch {
        // It speaks something else: nothing that follows can be told apart.
        this.lost();
        channel.destroy();
      }
    });
    channel.on('close', () => this.lost());
  }

  /** So much one request to read may ask for. */
  get readChunkBytes(): number {
    return this.#readChunkBytes;
  }

  get writeChunkBytes(): number {
    return this.#writeChunkBytes;
  }

  /** Agrees on the version. */
  async start(): SftpResult<null> {
    const answer = new Promise<Result<null, SftpFailure>>((resolve) => (this.#version = resolve));
    this.#channel.write(packet(request.init, [wireUint32(3)]));
    const agreed = await answer;
    if (agreed.ok && this.#extensions.get('limits@openssh.com') === '1') await this.#readLimits();
    return agreed;
  }

  /** The connection is gone: whatever was asked fails, and so does what is asked from now on. */
  lost(): void {
    this.#isLost = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const answer of waiting) answer(lostFailure);
    this.#version?.(lostFailure);
    this.#version = null;
  }

  end(): void {
    this.lost();
    this.#channel.destroy();
  }

  async realPath(path: Bytes): SftpResult<Bytes> {
    return this.#firstName(request.realpath, path);
  }

  async readLink(path: Bytes): SftpResult<Bytes> {
    return this.#firstName(request.readlink, path);
  }

  /** In the order of OpenSSH, which is not the draft's, and which other servers have taken over from it. */
  makeLink(path: Bytes, target: Bytes): SftpResult<null> {
    return this.#done(request.symlink, [wireString(target), wireString(path)]);
  }

  stat(path: Bytes): SftpResult<Attributes> {
    return this.#attributes(request.stat, path);
  }

  /** Of a symbolic link itself. */
  lstat(path: Bytes): SftpResult<Attributes> {
    return this.#attributes(request.lstat, path);
  }

  fstat(handle: Buffer): SftpResult<Attributes> {
    return this.#attributes(request.fstat, handle);
  }

  setAttributes(path: Bytes, attributes: NewAttributes): SftpResult<null> {
    return this.#done(request.setstat, [wireString(path), wireAttributes(attributes)]);
  }

  setOpenAttributes(handle: Buffer, attributes: NewAttributes): SftpResult<null> {
    return this.#done(request.fsetstat, [wireString(handle), wireAttributes(attributes)]);
  }

  makeFolder(path: Bytes, attributes: NewAttributes = {}): SftpResult<null> {
    return this.#done(request.mkdir, [wireString(path), wireAttributes(attributes)]);
  }

  removeFolder(path: Bytes): SftpResult<null> {
    return this.#done(request.rmdir, [wireString(path)]);
  }

  removeFile(path: Bytes): SftpResult<null> {
    return this.#done(request.remove, [wireString(path)]);
  }

  /** Fails where something has the new name, by the draft; few servers do otherwise. */
  rename(from: Bytes, to: Bytes): SftpResult<null> {
    return this.#done(request.rename, [wireString(from), wireString(to)]);
  }

  /** In one step in the place of what has the new name; null where the server cannot. */
  async replace(from: Bytes, to: Bytes): Promise<Result<null, SftpFailure> | null> {
    const name = 'posix-rename@openssh.com';
    if (this.#extensions.get(name) !== '1') return null;
    return this.#done(request.extended, [wireString(name), wireString(from), wireString(to)]);
  }

  /** What is free where a path is; null where the server does not say. */
  async freeSpace(path: Bytes): Promise<FreeSpace | null> {
    const name = 'statvfs@openssh.com';
    if (this.#extensions.get(name) !== '2') return null;
    const answer = await this.#ask(request.extended, [wireString(name), wireString(path)]);
    const read = parsed(answer, reply.extended, (reader) => {
      readUint64(reader);
      const fragmentBytes = readUint64(reader);
      readUint64(reader);
      readUint64(reader);
      return { availableBytes: fragmentBytes * readUint64(reader) };
    });
    return read.ok ? read.value : null;
  }

  async open(
    path: Bytes,
    how: 'read' | 'write' | 'create-new',
    attributes: NewAttributes = {},
  ): SftpResult<Buffer> {
    const flags = {
      read: openFlags.read,
      write: openFlags.write,
      'create-new': openFlags.write | openFlags.create | openFlags.exclusive,
    }[how];
    const fields = [wireString(path), wireUint32(flags), wireAttributes(attributes)];
    return parsed(await this.#ask(request.open, fields), reply.handle, (reader) => reader.string());
  }

  close(handle: Buffer): SftpResult<null> {
    return this.#done(request.close, [wireString(handle)]);
  }

  /** Bytes of a file, as many as the server likes to give; null at its end. */
  async read(handle: Buffer, offset: number, length: number): SftpResult<Buffer | null> {
    const fields = [wireString(handle), wireUint64(offset), wireUint32(length)];
    const read = parsed(await this.#ask(request.read, fields), reply.data, (reader) => reader.string());
    return !read.ok && read.error.code === status.eof ? ok(null) : read;
  }

  /** `data` belongs to the channel from now on. */
  write(handle: Buffer, offset: number, data: Buffer): SftpResult<null> {
    const fields = [wireString(handle), wireUint64(offset), wireUint32(data.length)];
    return this.#statusOf(this.#ask(request.write, fields, data));
  }

  /** All names in a folder but `.` and `..`. What is no name (with a slash in it) is left out: no path is made of it. */
  async list(path: Bytes): SftpResult<readonly ListedName[]> {
    const opened = parsed(await this.#ask(request.opendir, [wireString(path)]), reply.handle, (reader) =>
      reader.string(),
    );
    if (!opened.ok) return opened;
    const handle = opened.value;
    const names: ListedName[] = [];
    for (;;) {
      const batch = parsed(await this.#ask(request.readdir, [wireString(handle)]), reply.name, readNames);
      if (!batch.ok) {
        void this.close(handle);
        return batch.error.code === status.eof ? ok(names) : batch;
      }
      // A server that never comes to its end would be asked for ever.
      if (batch.value.length === 0) {
        void this.close(handle);
        return ok(names);
      }
      for (const listed of batch.value) if (isName(listed.name)) names.push(listed);
    }
  }

  async #readLimits(): Promise<void> {
    const limits = parsed(
      await this.#ask(request.extended, [wireString('limits@openssh.com')]),
      reply.extended,
      (reader) => {
        readUint64(reader);
        return { read: readUint64(reader), write: readUint64(reader) };
      },
    );
    if (!limits.ok) return;
    const { read, write } = limits.value;
    if (read > 0) this.#readChunkBytes = Math.min(read, maxChunkBytes);
    if (write > 0) this.#writeChunkBytes = Math.min(write, maxChunkBytes);
  }

  async #firstName(type: number, path: Bytes): SftpResult<Bytes> {
    const names = parsed(await this.#ask(type, [wireString(path)]), reply.name, readNames);
    if (!names.ok) return names;
    const [first] = names.value;
    return first === undefined ? fail({ code: status.failure, words: 'No name' }) : ok(first.name);
  }

  async #attributes(type: number, of: Buffer): SftpResult<Attributes> {
    return parsed(await this.#ask(type, [wireString(of)]), reply.attributes, readAttributes);
  }

  #done(type: number, fields: readonly Buffer[]): SftpResult<null> {
    return this.#statusOf(this.#ask(type, fields));
  }

  async #statusOf(answer: SftpResult<Buffer>): SftpResult<null> {
    const read = parsed(await answer, reply.status, (reader) => reader.uint32());
    return read.ok ? ok(null) : read;
  }

  #ask(type: number, fields: readonly Buffer[], data?: Buffer): SftpResult<Buffer> {
    if (this.#isLost) return Promise.resolve(lostFailure);
    const id = (this.#lastId = (this.#lastId + 1) >>> 0);
    const answer = new Promise<Result<Buffer, SftpFailure>>((resolve) => this.#waiting.set(id, resolve));
    this.#channel.write(packet(type, [wireUint32(id), ...fields], data?.length));
    if (data !== undefined && data.length > 0) this.#channel.write(data);
    return answer;
  }

  #receive(whole: Buffer): void {
    if (whole[0] === reply.version) {
      this.#receiveVersion(new WireReader(whole.subarray(5)));
      return;
    }
    const id = whole.readUInt32BE(1);
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    answer?.(ok(whole));
  }

  #receiveVersion(reader: WireReader): void {
    while (!reader.isAtEnd) {
      const name = reader.string().toString('latin1');
      this.#extensions.set(name, reader.string().toString('latin1'));
    }
    this.#version?.(ok(null));
    this.#version = null;
  }
}

const lostFailure = fail<SftpFailure>({ code: 'lost', words: 'The connection was lost' });
