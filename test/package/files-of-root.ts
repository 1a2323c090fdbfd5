import type { BareRoot } from './bare-root.ts';

/**
 * What comes and goes by itself on a running system, what apt and dpkg keep of any package, and copies that useradd makes.
 */
const passing =
  /^\/(proc|sys|dev|tmp|run|var\/(log|tmp|cache\/apt|cache\/debconf|lib\/apt|lib\/dpkg))(\/|$)|^\/etc\/[a-z]+-$/;

/** All files of a bare Debian, without those that come and go. */
export async function listFiles(root: BareRoot): Promise<ReadonlySet<string>> {
  const lines = await root.must('find / -xdev');
  return new Set(lines.split('\n').filter((path) => path !== '' && !passing.test(path)));
}

/** Files that were not there before, but those below some folders. */
export function sinceThen(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
  except: readonly string[],
): readonly string[] {
  return [...now].filter(
    (path) => !before.has(path) && !except.some((folder) => path === folder || path.startsWith(`${folder}/`)),
  );
}
