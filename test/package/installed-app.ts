import type { BareRoot } from './bare-root.ts';
import type { Desk } from './desk.ts';

/** A process of the app, as `/proc` on the bare Debian shows it. */
export interface AppProcess {
  readonly type: string;
  /** 2: only calls that a filter lets through. */
  readonly seccomp: number;
  readonly namespaces: Readonly<Record<'user' | 'pid' | 'net', string>>;
}

/** Who uses the app there. */
export const person = { name: 'person', uid: 4321 };
const program = '/usr/lib/evorxa-desktop/evorxa-desktop';

/** The app on a bare Debian, as its user starts it. */
export class InstalledApp {
  readonly #root: BareRoot;
  readonly #env: string;

  /** @param apiUrl Of the local Evorxa. */
  constructor(root: BareRoot, desk: Desk, apiUrl: string) {
    this.#root = root;
    const env = {
      HOME: `/home/${person.name}`,
      USER: person.name,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      EVORXA_API_URL: apiUrl,
      ...desk.env,
    };
    this.#env = Object.entries(env)
      .map(([name, value]) => `${name}='${value}'`)
      .join(' ');
  }

  /** Makes the user. */
  async prepare(): Promise<void> {
    await this.#root.must(`useradd --create-home --uid ${person.uid} ${person.name}`);
  }

  /** Runs a command as the user, in the session. */
  asPerson(command: string): string {
    return `runuser -u ${person.name} -- env -i ${this.#env} ${command}`;
  }

  /**
   * Starts the app in the background.
   * @param before In front of the command, such as a chroot.
   */
  async start(before = ''): Promise<void> {
    await this.#root.must(`${before} ${this.asPerson('evorxa-desktop')} >>/tmp/app.log 2>&1 & app=$!`);
  }

  /** All that it and the desktop said. */
  async log(): Promise<string> {
    const { output } = await this.#root.run(
      `cat /tmp/app.log; tail -n 30 /home/${person.name}/.config/Evorxa/logs/main.log`,
    );
    return output;
  }

  async processes(): Promise<readonly AppProcess[]> {
    const lines = await this.#root.must(`for p in /proc/[0-9]*; do
      case $(readlink "$p/exe") in *${program}) ;; *) continue ;; esac
      type=$(tr '\\0' ' ' <"$p/cmdline" | grep -o -- '--type=[a-z-]*' | head -n 1)
      echo "\${type#--type=}|$(sed -n 's/^Seccomp:[^0-9]*//p' "$p/status")|$(readlink "$p/ns/user")|$(readlink "$p/ns/pid")|$(readlink "$p/ns/net")"
    done`);
    return lines
      .trim()
      .split('\n')
      .filter((line) => line.includes('|'))
      .map((line) => {
        const [type = '', seccomp = '', user = '', pid = '', net = ''] = line.split('|');
        return { type: type || 'browser', seccomp: Number(seccomp), namespaces: { user, pid, net } };
      });
  }

  /** Asks it to end, as a logout does, and waits for its end. */
  async stop(): Promise<void> {
    await this.#root.must(`for p in /proc/[0-9]*; do
      case $(readlink "$p/exe") in *${program}) ;; *) continue ;; esac
      tr '\\0' ' ' <"$p/cmdline" | grep -q -- --type= || kill -TERM "\${p#/proc/}"
    done; wait "$app"; true`);
  }
}
