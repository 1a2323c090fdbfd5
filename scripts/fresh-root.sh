#!/usr/bin/env bash
# Runs a command of the project on a bare Debian: the base system, Node and npm, an empty home, a clean clone of HEAD.
#
#   scripts/fresh-root.sh [--suite bookworm|trixie] [--with FILE] [--share FOLDER] [--stdin] COMMAND...
#   scripts/fresh-root.sh [--suite bookworm|trixie] --prepare
#
# --prepare fetches the base system, which is kept, and checks that a command could run in it. Where it could not, it
# prints the reason on stdout and exits 1.
#
# --with puts a copy of FILE into /root there; --share has a FOLDER of this machine at its place there too; with --stdin
# the command reads this one's input.
#
# Needs root on a Debian with its own mirror, or debootstrap and DEBIAN_MIRROR. Output and exit code are the command's;
# test-results of a failure are copied into this checkout. All mounts and processes live in namespaces that end with the
# command, however it ends.
set -euo pipefail

suite=bookworm
prepare=
with=()
share=
exec 3</dev/null
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --with) with+=("$2"); shift 2 ;;
    --share) share=$2; shift 2 ;;
    --stdin) exec 3<&0; shift ;;
    --prepare) prepare=1; shift ;;
    *) break ;;
  esac
done
[ -n "$prepare" ] || [ $# -gt 0 ] || { sed -n '2,15p' "$0" >&2; exit 2; }

project=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/evorxa-desktop/debian
base=$cache/$suite.tar
fetch_timeout_s=900

# $1: why a command cannot run on a bare Debian here.
give_up() { echo "$1"; exit 1; }

# The mirror in a sources.list or a .sources file that serves Debian itself.
debian_mirror() {
  [ -z "${DEBIAN_MIRROR-}" ] || { echo "$DEBIAN_MIRROR"; return; }
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null || true; } |
    sed -nE 's/^URIs: *(\S+).*/\1/p; s/^deb +(\[[^]]*\] *)?(\S+) .*/\2/p' |
    grep -m 1 -E '/debian/?$'
}

npm_folder() { dirname "$(dirname "$(readlink -f "$(command -v npm)")")"; }

prepare_base() {
  command -v apt-get >/dev/null || give_up 'this is no Debian'
  [ "$(id -u)" = 0 ] || give_up 'only root can make a root of its own'
  command -v git >/dev/null || give_up 'git is not installed'
  [ -f "$(npm_folder)/bin/npm-cli.js" ] || give_up 'npm is not where it usually is'
  unshare --mount --pid --fork --kill-child mount -t tmpfs tmpfs /tmp 2>/dev/null || give_up 'nothing may be mounted here'
  if [ ! -s "$base" ]; then
    command -v debootstrap >/dev/null ||
      { timeout "$fetch_timeout_s" apt-get update -qq && timeout "$fetch_timeout_s" apt-get install -y -qq debootstrap; } >/dev/null 2>&1 ||
      give_up 'debootstrap cannot be installed'
    local mirror
    mirror=$(debian_mirror) || give_up 'no Debian mirror is in /etc/apt/sources.list*'
    fetch_base "$mirror"
  fi
}

# $1: the mirror.
fetch_base() {
  local folder include=()
  mkdir -p "$cache"
  folder=$(mktemp -d /var/tmp/evorxa-base.XXXXXX)
  trap 'rm -rf --one-file-system "$folder"' EXIT
  [[ $1 != https:* ]] || include=(--include=ca-certificates)
  # In namespaces of its own: what it mounts while it works is never met by the rm.
  timeout "$fetch_timeout_s" unshare --mount --pid --fork --kill-child \
    debootstrap --variant=minbase "${include[@]}" "$suite" "$folder" "$1" >"$cache/$suite.log" 2>&1 ||
    give_up "debootstrap could not make $suite: $(tail -n 1 "$cache/$suite.log")"
  tar -C "$folder" -cf "$base.part" .
  mv "$base.part" "$base"
  rm -rf --one-file-system "$folder"
  trap - EXIT
}

# What this machine is told about mirrors, registries, proxies and certificates: settings, no software.
hand_in_settings() {
  local file
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  for file in /etc/apt/apt.conf /etc/apt/apt.conf.d /etc/apt/auth.conf /etc/apt/auth.conf.d /usr/local/share/ca-certificates; do
    hand_in "$file"
  done
  # Certificates and keys that the settings of apt name.
  while read -r file; do hand_in "$file"; done < <(grep -rhoE '"/[^"]+\.(crt|pem|key)"' "$root/etc/apt/apt.conf.d" 2>/dev/null | tr -d '"')
  hand_in /etc/ssl/certs/ca-certificates.crt
  for file in $(npm config get userconfig) $(npm config get globalconfig); do
    # The person's own goes into the new home, wherever it lay here.
    case $file in */.npmrc) hand_in "$file" /root/.npmrc ;; *) hand_in "$file" ;; esac
  done
  environment=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "TERM=${TERM:-dumb}")
  while IFS= read -r name; do environment+=("$name=${!name}"); done < <(
    compgen -e | grep -iE '^(CI|(https?|no|all)_proxy|npm_config_(registry|cafile|noproxy|proxy|https_proxy|strict_ssl))$'
  )
  if [ -f "${NODE_EXTRA_CA_CERTS-}" ]; then
    # A copy under another name: Debian's own bundle is written anew when ca-certificates comes along.
    hand_in "$NODE_EXTRA_CA_CERTS" /etc/evorxa-ca.crt
    environment+=(NODE_EXTRA_CA_CERTS=/etc/evorxa-ca.crt)
  fi
}

# $1: a file or folder of this machine, which need not be there; $2: where it goes, the same place unless said otherwise.
hand_in() {
  [ -e "$1" ] || return 0
  mkdir -p "$(dirname "$root${2:-$1}")"
  cp -rLT "$1" "$root${2:-$1}"
}

hand_in_node() {
  hand_in "$(readlink -f "$(command -v node)")" /usr/local/bin/node
  hand_in "$(npm_folder)" /usr/local/lib/node_modules/npm
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
}

# Begins in fresh namespaces: $1 the root, $2 a folder to share or nothing, the rest the command. The shell stays as process 1, which buries orphans.
# shellcheck disable=SC2016
inside='
  set -eu
  root=$1 share=$2; shift 2
  # The root of its mounts, and no chroot, in which the kernel lets nobody make user namespaces.
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$root/dev/pts"
  mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
  [ -z "$share" ] || { mkdir -p "$root$share"; mount --bind "$share" "$root$share"; }
  cd "$root"
  pivot_root . .
  umount --lazy .
  code=0
  sh -c "cd /root/app && exec \"\$@\"" sh "$@" || code=$?
  exit "$code"
'

prepare_base
[ -z "$prepare" ] || exit 0

root=$(mktemp -d /var/tmp/evorxa-root.XXXXXX)
runner=
finish() {
  # Ends all that runs in there; the mounts go with the last process.
  if [ -n "$runner" ]; then
    kill -KILL "$runner" 2>/dev/null || true
    # Else the shell tells of it.
    wait "$runner" 2>/dev/null || true
  fi
  rm -rf --one-file-system "$root"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

tar -C "$root" -xf "$base"
chmod 755 "$root"
hand_in_settings
hand_in_node
git clone -q "$project" "$root/root/app"
[ ${#with[@]} -eq 0 ] || cp "${with[@]}" "$root/root/"

env -i "${environment[@]}" unshare --mount --pid --fork --kill-child sh -c "$inside" sh "$root" "$share" "$@" <&3 3<&- &
runner=$!
code=0
wait "$runner" || code=$?
runner=
if [ "$code" -ne 0 ] && [ -d "$root/root/app/test-results" ]; then
  rm -rf "$project/test-results"
  cp -r "$root/root/app/test-results" "$project/"
fi
exit "$code"
