import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this process runs, as far as the search for agents and keys asks. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** What stands behind the tokens of ssh_config(5), by their letter. */
export type Tokens = Readonly<Record<string, string>>;

/** The tokens that hold for every path, whatever host it is for. */
export function localTokens({ home }: Environment): Tokens {
  const { uid, username } = userInfo();
  return { '%': '%', d: home, i: String(uid), u: username };
}

/**
 * A path that the user typed or pasted, as ssh_config(5) would read it: quotation marks or `file://` around it as a
 * file manager copies them, a backslash in front of a space as a terminal does (not on Windows), `~`, `~user`, `%d` and
 * the other tokens, `${VARIABLE}`. A token or variable that is not known stays as it is, since a file may be called so.
 * Relative to the home folder.
 */
export function personsPath(typed: string, from: Environment): string {
  const text = typed.trim();
  const bare = withoutQuotes(text);
  if (/^file:\/\//i.test(bare)) {
    try {
      return fileURLToPath(bare);
    } catch {
      return bare;
    }
  }
  // A file that has just this name is the one that was meant.
  if (isAbsolute(bare) && existsSync(bare)) return bare;
  const unescaped = bare === text && from.platform !== 'win32' ? withoutEscapes(bare) : bare;
  const path = expandTilde(
    expandVariables(expandTokens(unescaped, localTokens(from)).text, from.env).text,
    from,
  );
  return isAbsolute(path) || from.platform === 'win32' ? path : join(from.home, path);
}

/** A path with `~` for the home folder where it lies in there, as long as every program takes `~` for that folder. */
export function withTilde(path: string, { home }: Environment): string {
  const isInHome = path.startsWith(home) && /[/\\]/.test(path.charAt(home.length));
  // ssh(1) takes it from the user database, shells and Python from the environment.
  return isInHome && userInfo().homedir === home ? `~${path.slice(home.length)}` : path;
}

/** Replaces `%x`; `unknown` is the first token that is not among `tokens` and stays as it is. */
export function expandTokens(
  text: string,
  tokens: Tokens,
): { readonly text: string; readonly unknown: string | null } {
  let unknown: string | null = null;
  const expanded = text.replaceAll(/%(.?)/gs, (whole, letter: string) => {
    const value = Object.hasOwn(tokens, letter) ? tokens[letter] : undefined;
    if (value === undefined) unknown ??= whole;
    return value ?? whole;
  });
  return { text: expanded, unknown };
}

/** Replaces `${NAME}`; `unknown` is the first variable that is not set and stays as it is. */
export function expandVariables(
  text: string,
  env: Environment['env'],
): { readonly text: string; readonly unknown: string | null } {
  let unknown: string | null = null;
  const expanded = text.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => {
    const value = env[name];
    if (value === undefined) unknown ??= name;
    return value ?? whole;
  });
  return { text: expanded, unknown };
}

/** Replaces `~` and `~user` in front; a user who is not known stays as it is. */
export function expandTilde(path: string, { home, platform }: Environment): string {
  const separators = platform === 'win32' ? '/\\\\' : '/';
  const [tilde, user] = new RegExp(`^~([^${separators}]*)`).exec(path) ?? [];
  if (tilde === undefined || user === undefined) return path;
  const folder = user === '' ? home : homeOf(user);
  return folder === null ? path : `${folder}${path.slice(tilde.length)}`;
}

/** The home folder of a user of this computer; no directory service is asked. */
function homeOf(user: string): string | null {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${user}:`));
    return line?.split(':')[5] ?? null;
  } catch {
    return null;
  }
}

/** A terminal copies a path with a backslash in front of a space, a quotation mark or a backslash. */
const withoutEscapes = (text: string): string => text.replaceAll(/\\([\\ "'])/g, '$1');

function withoutQuotes(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? /^'(.*)'$/s.exec(text)?.[1] ?? text;
}
