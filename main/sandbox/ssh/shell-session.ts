import { StringDecoder } from 'node:string_decoder';
import type { Duplex } from 'node:stream';
import type { ServerChannel } from 'ssh2';
import { writeWithPressure } from './channel-output.ts';
import type { Origin, ShellState } from './command.ts';
import { runLine } from './interpreter.ts';
import { LineEditor } from './line-editor.ts';
import type { Machine } from './machine.ts';
import { loginTime } from './time-formats.ts';

/** No more is kept of what is typed while a command runs. */
const longestTypeAhead = 64 * 1024;

/** What a shell reads from and writes to: an SSH channel, or a console's keyboard and screen. */
export type ShellChannel = Duplex & { exit(status: number): void };

const newShell = (origin: Origin): ShellState => ({ origin, cwd: '/root', lastStatus: 0, history: [] });

/** Runs one command line for an `exec` request, then ends the channel with its status. */
export async function runExec(
  channel: ServerChannel,
  line: string,
  machine: Machine,
  { origin, isTerminal }: { readonly origin: Origin; readonly isTerminal: boolean },
): Promise<void> {
  const ended = new AbortController();
  channel.once('close', () => ended.abort());
  const { status } = await runLine(line, machine, newShell(origin), {
    write: (text) => writeWithPressure(channel, text, ended.signal),
    error: (text) => writeWithPressure(channel.stderr, text, ended.signal),
    signal: ended.signal,
    isTerminal,
  });
  if (ended.signal.aborted) return;
  channel.exit(status);
  channel.end();
}

/** An interactive shell on a channel, until `exit`, Ctrl+D or the end of the connection. */
export class ShellSession {
  readonly #channel: ShellChannel;
  readonly #machine: Machine;
  readonly #shell: ShellState;
  readonly #editor: LineEditor;
  readonly #ended = new AbortController();
  readonly #decoder = new StringDecoder('utf8');
  /** Of the command that runs; null at the prompt. */
  #running: AbortController | null = null;
  #typedAhead = '';

  constructor(channel: ShellChannel, machine: Machine, origin: Origin) {
    this.#channel = channel;
    this.#machine = machine;
    this.#shell = newShell(origin);
    this.#editor = new LineEditor(this.#shell.history, {
      draw: (text) => this.#draw(text),
      line: (line) => void this.#run(line),
      interrupt: () => this.#prompt(),
      end: () => this.#exit(this.#shell.lastStatus, 'logout'),
    });
    channel.on('data', (data: Buffer) => this.#typed(this.#decoder.write(data)));
    channel.once('close', () => this.#ended.abort());
    this.#draw(
      `Linux ${machine.name} ${machine.kernel} x86_64\r\n` +
        `Last login: ${loginTime(machine.now() - 3_600_000)} from ${origin.from}\r\n`,
    );
    this.#prompt();
  }

  #typed(text: string): void {
    if (!this.#running) {
      const rest = this.#editor.type(text);
      if (rest !== '') this.#typed(rest);
      return;
    }
    const interruptAt = text.lastIndexOf('\u0003');
    if (interruptAt >= 0) {
      this.#draw('^C\r\n');
      this.#running.abort();
      this.#typedAhead = '';
    }
    this.#typedAhead = (this.#typedAhead + text.slice(interruptAt + 1)).slice(0, longestTypeAhead);
  }

  async #run(line: string): Promise<void> {
    if (line.trim() !== '') this.#shell.history.push(line);
    const running = new AbortController();
    this.#running = running;
    const signal = AbortSignal.any([running.signal, this.#ended.signal]);
    const write = (text: string): Promise<void> =>
      writeWithPressure(this.#channel, text.replaceAll('\n', '\r\n'), signal);
    const result = await runLine(line, this.#machine, this.#shell, {
      write,
      error: write,
      signal,
      isTerminal: true,
    });
    this.#running = null;
    if (this.#ended.signal.aborted) return;
    if (result.exits) {
      this.#exit(result.status, 'logout');
      return;
    }
    this.#prompt();
    const typedAhead = this.#typedAhead;
    this.#typedAhead = '';
    if (typedAhead !== '') this.#typed(typedAhead);
  }

  #prompt(): void {
    const { cwd } = this.#shell;
    const place = cwd === '/root' || cwd.startsWith('/root/') ? `~${cwd.slice('/root'.length)}` : cwd;
    this.#editor.begin(`\u001b[01;32mroot@${this.#machine.name}\u001b[00m:\u001b[01;34m${place}\u001b[00m# `);
  }

  #exit(status: number, word: string): void {
    this.#draw(`${word}\r\n`);
    this.#channel.exit(status);
    this.#channel.end();
  }

  #draw(text: string): void {
    if (!this.#channel.destroyed && !this.#channel.writableEnded) this.#channel.write(text);
  }
}
