#!/usr/bin/env bash
# Measures the rows of README.md here and prints them as a table.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tests/benchmarks/run.sh [--shorter] [--seed N] [row ...]

  row        1 to 6, as in tests/benchmarks/README.md; all if none is named
  --shorter  fewer rounds: to see whether it works, not for figures
  --seed N   draws the order of the rounds

TMPDIR says where Redis keeps its log while it is measured: on a disk.
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

die() {
  echo "benchmarks: $*" >&2
  exit 1
}

build() {
  mkdir -p build
  { cmake --preset release &&
    cmake --build --preset release --target benchmarks; } \
    >build/benchmarks.log 2>&1 || {
    tail -n 20 build/benchmarks.log
    die "the build failed; see build/benchmarks.log"
  }
}

# Gets BullMQ, once for each version.
install_bullmq() {
  local here=tests/benchmarks
  if [[ $here/node_modules/.package-lock.json -nt $here/package-lock.json ]]; then
    return
  fi
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund) \
    >build/benchmarks-npm.log 2>&1 ||
    die "npm ci failed; see build/benchmarks-npm.log"
}

print_machine() {
  echo "$(date -u +%FT%TZ), $(nproc) x$(grep -m1 'model name' /proc/cpuinfo |
    cut -d: -f2), $(redis-server --version | grep -oE 'v=[0-9.]+')," \
    "load before: $(cut -d' ' -f1 /proc/loadavg)"
}

main() {
  local -a flags=() rows=()
  while (($# > 0)); do
    case $1 in
      --shorter) flags+=(--shorter) ;;
      --seed)
        [[ $# -ge 2 ]] || die '--seed needs a number'
        flags+=("--seed=$2")
        shift
        ;;
      -h | --help) usage && exit 0 ;;
      [1-6]) rows+=("$1") ;;
      *) die "unknown option or row $1; --help lists them" ;;
    esac
    shift
  done
  command -v redis-server >/dev/null || die 'redis-server is missing'
  if [[ ${#rows[@]} -eq 0 || " ${rows[*]} " == *' 4 '* ]]; then
    command -v npm >/dev/null || die 'npm is missing; row 4 needs it'
    mkdir -p build
    install_bullmq
  fi
  build
  # Emptied at the end, whatever happens; what was started ends with its
  # parent. Short, for the path of a socket is.
  work=$(mktemp -d "${TMPDIR:-$root/build}/bench-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  print_machine
  TMPDIR=$work build/release/bin/benchmarks "${flags[@]}" "${rows[@]}"
}

main "$@"
