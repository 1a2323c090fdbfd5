import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { projectRoot } from '../../scripts/lib/files.mjs';

/** What a command on a bare Debian came to. */
export interface Outcome {
  readonly code: number;
  /** Of stdout and stderr. */
  readonly output: string;
}

const script = join(projectRoot, 'scripts/fresh-root.sh');

/** A bare Debian of its own, and a shell of its root. What runs in it ends with `close`, and its files are removed. */
export class BareRoot {
  readonly #shell: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<unknown>;
  #output = '';
  #commandCount = 0;
  #heard: () => void = () => undefined;

  private constructor(suite: string, files: readonly string[], folder: string | undefined) {
    const given = files.flatMap((file) => ['--with', file]);
    const shared = folder === undefined ? [] : ['--share', folder];
    this.#shell = spawn(script, ['--suite', suite, ...given, ...shared, '--stdin', 'sh'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#shell, 'exit');
    // A shell that has ended is noticed by its exit; the broken pipe adds nothing.
    this.#shell.stdin.on('error', () => undefined);
    this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#heard();
    });
  }

  /**
   * @param suite Of Debian, such as `trixie`.
   * @param files Copies of them are in /root there.
   * @param folder Of this machine, at its place there too.
   */
  static async open(suite: string, files: readonly string[], folder?: string): Promise<BareRoot> {
    const prepared = spawn(script, ['--suite', suite, '--prepare'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let reason = '';
    prepared.stdout.setEncoding('utf8').on('data', (text: string) => (reason += text));
    const [code] = (await once(prepared, 'close')) as [number | null];
    if (code !== 0) throw new Error(`A bare ${suite} cannot be made here: ${reason.trim()}.`);
    const root = new BareRoot(suite, files, folder);
    await root.must('cd /root && export DEBIAN_FRONTEND=noninteractive');
    return root;
  }

  /** Runs lines of sh, one after the other with what was run before; what they print is kept from the input. */
  async run(command: string): Promise<Outcome> {
    this.#commandCount += 1;
    const mark = `==${this.#commandCount}==`;
    this.#output = '';
    this.#shell.stdin.write(`{ ${command}\n} </dev/null 2>&1; printf '%s%d\\n' '${mark}' "$?"\n`);
    const end = new RegExp(`${mark}(\\d+)\\n`);
    for (;;) {
      const found = end.exec(this.#output);
      if (found !== null) return { code: Number(found[1]), output: this.#output.slice(0, found.index) };
      const heard = new Promise<void>((resolve) => (this.#heard = resolve));
      const isOver = await Promise.race([heard.then(() => false), this.#ended.then(() => true)]);
      if (isOver) throw new Error(`The bare Debian ended in "${command}". ${this.#output}`);
    }
  }

  /** The same, of what has to succeed. */
  async must(command: string): Promise<string> {
    const { code, output } = await this.run(command);
    if (code !== 0) throw new Error(`"${command}" ended with ${code} on the bare Debian:\n${output}`);
    return output;
  }

  async close(): Promise<void> {
    this.#shell.kill('SIGTERM');
    await this.#ended;
  }
}
