import type { InstanceRecord } from '../state/instances.ts';
import { createMachine } from '../ssh/machine.ts';
import { ShellSession } from '../ssh/shell-session.ts';
import { isBooting } from '../state/lifecycle.ts';
import type { World } from '../state/world.ts';
import { bootLines, firmwareLines } from './boot-lines.ts';
import { deleteKeysym, heldKeys, typedText } from './keysyms.ts';
import { Login } from './login.ts';
import { TextScreen } from './text-screen.ts';
import { TtyChannel } from './tty-channel.ts';

/** Between two lines of a boot, in milliseconds of the sandbox's clock. */
const bootLineMs = 350;

/** The screen and the keyboard of one server: it boots, asks who is there, and gives a shell. They outlive their viewers. */
export class MachineConsole {
  readonly screen = new TextScreen();
  readonly #world: World;
  readonly #id: string;
  readonly #held = new Set<number>();
  /** Takes what is typed; nobody does while it boots. */
  #reader: ((text: string) => void) | null = null;
  #shell: TtyChannel | null = null;
  #cancelBoot: () => void = () => undefined;
  #status: string | null = null;

  constructor(world: World, record: InstanceRecord) {
    this.#world = world;
    this.#id = record.id;
    if (record.bootedAtMs === null) {
      this.follow(record);
      return;
    }
    this.#status = 'running';
    const machine = createMachine(world, record.id);
    if (machine !== null) this.#write([...firmwareLines(machine), ...bootLines(machine)]);
    this.#askLogin();
  }

  /** Follows its server's state: a start begins the boot, and the end of it brings the login. */
  follow(record: InstanceRecord): void {
    const { status } = record;
    if (status === this.#status) return;
    this.#status = status;
    if (isBooting(status)) this.#boot();
    else if (status === 'running' && this.#reader === null) this.#askLogin();
    else if (record.bootedAtMs === null) this.end();
  }

  /** A key of a viewer. */
  key(keysym: number, isDown: boolean): void {
    if (!isDown) {
      this.#held.delete(keysym);
      return;
    }
    this.#held.add(keysym);
    const isControl = this.#holds(heldKeys.control);
    if (keysym === deleteKeysym && isControl && this.#holds(heldKeys.alt)) {
      this.#world.lifecycle.restart(this.#id);
      return;
    }
    const text = typedText(keysym, isControl);
    if (text !== '') this.#reader?.(text);
  }

  /** All keys of a viewer that is gone. */
  releaseKeys(): void {
    this.#held.clear();
  }

  /** The machine is off. */
  end(): void {
    this.#cancelBoot();
    this.#reader = null;
    this.#shell?.destroy();
    this.#shell = null;
    this.screen.reset();
  }

  #holds(keys: ReadonlySet<number>): boolean {
    return [...keys].some((key) => this.#held.has(key));
  }

  #boot(): void {
    this.end();
    const machine = createMachine(this.#world, this.#id);
    if (machine === null) return;
    this.#write(firmwareLines(machine));
    const [...lines] = bootLines(machine);
    const next = (): void => {
      const line = lines.shift();
      if (line === undefined) return;
      this.#write([line]);
      this.#cancelBoot = this.#world.clock.after(bootLineMs, next);
    };
    this.#cancelBoot = this.#world.clock.after(bootLineMs, next);
  }

  #askLogin(): void {
    this.#cancelBoot();
    const machine = createMachine(this.#world, this.#id);
    if (machine === null) return;
    const login = new Login({
      machine,
      write: (text) => this.screen.write(text),
      isRight: (user, password) =>
        user === 'root' && password === this.#world.instances.get(this.#id)?.rootPassword,
      onOpened: () => this.#openShell(),
    });
    this.#reader = (text) => {
      login.type(text);
    };
  }

  #openShell(): void {
    const machine = createMachine(this.#world, this.#id);
    if (machine === null) return;
    const shell = new TtyChannel((text) => this.screen.write(text));
    this.#shell = shell;
    shell.once('close', () => {
      // A shell that a stop of the machine ended leaves no login behind.
      if (this.#shell !== shell) return;
      this.#shell = null;
      this.screen.write('\u001bc');
      this.#askLogin();
    });
    new ShellSession(shell, machine, { from: 'tty1', sshConnection: null });
    this.#reader = (text) => shell.type(text);
  }

  #write(lines: readonly string[]): void {
    for (const line of lines) this.screen.write(`${line}\r\n`);
  }
}
