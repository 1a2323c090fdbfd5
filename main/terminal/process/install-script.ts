import type { InstallUndo } from '../requests.ts';

/** What the script on the server found or did; `undo` takes it back. */
export type InstallOutcome =
  | { readonly kind: 'present' }
  | { readonly kind: 'added'; readonly undo: InstallUndo }
  /** A word for what failed, and what the system said. */
  | { readonly kind: 'failed'; readonly what: string; readonly detail: string };

/** A line of authorized_keys that this app writes: a type, base64 and a comment of harmless letters. */
const keyLine = /^(ssh-ed25519) ([A-Za-z0-9+/]+=*)(?: ([\w@.+ -]{0,100}))?$/;

/** The parts of a key's line; throws for what is no such line, since it is put into a script. */
function partsOf(publicKey: string): { readonly line: string; readonly body: string } {
  const [line, , body] = keyLine.exec(publicKey.trim()) ?? [];
  if (line === undefined || body === undefined) throw new RangeError('not a key that can be installed');
  return { line, body };
}

/**
 * What both scripts begin with. POSIX sh, read by `sh -s`, so that the login shell is any. Finds the file behind symbolic
 * links, since a rename must not put a file in the place of one.
 */
const beginning = `
LC_ALL=C
export LC_ALL
umask 077
say() { printf 'evorxa-key %s\\n' "$*"; }
tmp=
made=
fail() {
  [ -z "$tmp" ] || rm -f -- "$tmp"
  [ -z "$made" ] || rmdir -- "$made" 2>/dev/null
  say "failed $*"
  exit 1
}
[ -n "\${HOME:-}" ] && cd -- "$HOME" 2>/dev/null || fail home
dir=$HOME/.ssh
file=$dir/authorized_keys
follow() {
  target=$file
  steps=0
  while [ -L "$target" ]; do
    steps=$((steps + 1))
    [ "$steps" -le 20 ] || fail link
    link=$(readlink -- "$target") || fail link
    case $link in
      /*) target=$link ;;
      *) target=$(dirname -- "$target")/$link ;;
    esac
  done
  [ ! -e "$target" ] || [ -f "$target" ] || fail kind
}
size() { wc -c < "$1" | tr -d ' '; }
`;

/** Adds a key to ~/.ssh/authorized_keys: not twice, as a whole or not at all, and with every other byte as it was. */
export function installScript(publicKey: string): string {
  const { line, body } = partsOf(publicKey);
  return `${beginning}
key='${line}'
body='${body}'
hadfolder=1
if [ ! -d "$dir" ]; then
  hadfolder=0
  said=$(mkdir -- "$dir" 2>&1) || fail folder "$said"
  made=$dir
fi
follow
hadfile=0
before=0
if [ -e "$target" ]; then
  hadfile=1
  if grep -v '^[[:space:]]*#' < "$target" | grep -F -q -e "$body"; then
    say present
    exit 0
  fi
  before=$(size "$target")
fi
tmp=$target.evorxa.$$
[ ! -e "$tmp" ] || { tmp=; fail write "a temporary file is in the way"; }
added=$((\${#key} + 1))
if [ "$hadfile" = 1 ]; then
  said=$(cp -p -- "$target" "$tmp" 2>&1) || fail write "$said"
  chmod u+w,go-w -- "$tmp" || fail write
  if [ "$before" -gt 0 ] && [ "$(tail -c 1 -- "$tmp" | wc -l | tr -d ' ')" = 0 ]; then
    said=$( (echo >> "$tmp") 2>&1) || fail write "$said"
    added=$((added + 1))
  fi
fi
said=$( (printf '%s\\n' "$key" >> "$tmp") 2>&1) || fail write "$said"
after=$(size "$tmp")
[ "$after" = $((before + added)) ] && [ "$(tail -n 1 -- "$tmp")" = "$key" ] || fail write "it was not written whole"
said=$(mv -f -- "$tmp" "$target" 2>&1) || fail write "$said"
tmp=
made=
if command -v restorecon >/dev/null 2>&1; then restorecon -R "$dir" >/dev/null 2>&1; fi
say "added $before $after $hadfile $hadfolder"
`;
}

/** Takes a key out again, where nobody has changed the file since; otherwise its line alone. */
export function removalScript(publicKey: string, undo: InstallUndo): string {
  const { body } = partsOf(publicKey);
  return `${beginning}
body='${body}'
follow
[ -f "$target" ] || { say removed; exit 0; }
tmp=$target.evorxa.$$
now=$(size "$target")
said=$(cp -p -- "$target" "$tmp" 2>&1) || fail write "$said"
if [ "$now" = ${undo.sizeAfter} ]; then
  said=$( (head -c ${undo.sizeBefore} < "$target" > "$tmp") 2>&1) || fail write "$said"
else
  grep -F -v -e "$body" < "$target" > "$tmp"
  [ $? -le 1 ] || fail write
fi
if [ ${undo.hadFile ? 1 : 0} = 0 ] && [ ! -s "$tmp" ]; then
  rm -f -- "$tmp" "$target" || fail write
  tmp=
  [ ${undo.hadFolder ? 1 : 0} = 1 ] || rmdir -- "$dir" 2>/dev/null
else
  said=$(mv -f -- "$tmp" "$target" 2>&1) || fail write "$said"
  tmp=
fi
say removed
`;
}

/** Reads what a script said; what a login shell printed around it is passed over. Null: it did not run. */
export function readInstallOutcome(text: string): InstallOutcome | 'removed' | null {
  const said = /^evorxa-key (.*)$/m.exec(text)?.[1]?.trim();
  if (said === undefined) return null;
  if (said === 'present') return { kind: 'present' };
  if (said === 'removed') return 'removed';
  const [, before, after, hadFile, hadFolder] = /^added (\d+) (\d+) ([01]) ([01])$/.exec(said) ?? [];
  if (before !== undefined)
    return {
      kind: 'added',
      undo: {
        sizeBefore: Number(before),
        sizeAfter: Number(after),
        hadFile: hadFile === '1',
        hadFolder: hadFolder === '1',
      },
    };
  const [, what = 'write', detail = ''] = /^failed (\w+) ?(.*)$/.exec(said) ?? [];
  return { kind: 'failed', what, detail };
}
