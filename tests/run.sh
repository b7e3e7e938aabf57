#!/usr/bin/env bash
# Builds everything and runs the checks and tests; the last line sums them up.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tests/run.sh [--no-install]

  --no-install  does not look for missing packages; what needs one of them is
                left out and named
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

install=yes
passed=0
failed=0

die() {
  echo "tests: $*" >&2
  exit 1
}

say() { echo "tests: $*"; }

# Runs the check `$2...` named `$1`; what it says is shown if it fails.
check() {
  local name=$1 log=build/check-${1%% *}.log
  shift
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    say "passed: $name"
  else
    failed=$((failed + 1))
    head -n 40 "$log"
    say "FAILED: $name (the whole of it: $log)"
  fi
}

# Leaves out the check `$1` because of `$2`: said, never silently.
leave_out() { say "left out: $1 ($2)"; }

# The check `$1` cannot run because of `$2`, although we were to install it.
miss() {
  if [[ $install == no ]]; then
    leave_out "$1" "$2"
  else
    failed=$((failed + 1))
    say "FAILED: $1 ($2)"
  fi
}

# --- Checks -------------------------------------------------------------------

# Our files, tracked or about to be.
list_files() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard -- "$@" |
      while read -r file; do
        if [[ -e $file ]]; then echo "$file"; fi
      done
  else
    local -a names=()
    for pattern in "$@"; do names+=(-o -name "$pattern"); done
    find services clients tests deploy .ci -not -path '*/node_modules/*' \
      -type f \( "${names[@]:1}" \)
  fi
}

check_format() {
  local -a files
  mapfile -t files < <(list_files '*.cc' '*.h')
  clang-format --dry-run -Werror "${files[@]}"
}

check_scripts() {
  local -a files
  mapfile -t files < <(list_files '*.sh')
  if [[ -e .ci/run ]]; then files+=(.ci/run); fi
  shellcheck "${files[@]}"
}

# Gets buf, once for each version.
install_buf() {
  if [[ -x tests/node_modules/.bin/buf &&
    tests/node_modules/.package-lock.json -nt tests/package-lock.json ]]; then
    return
  fi
  if [[ $install == no ]]; then return 1; fi
  (cd tests && npm ci --ignore-scripts --no-audit --no-fund) >build/npm.log 2>&1
}

buf() { tests/node_modules/.bin/buf "$@"; }

# What was released must stay; what was not may still change.
check_protos() {
  local release
  if ! install_buf; then
    miss 'lint of proto/' 'buf is not there; see build/npm.log'
    return
  fi
  check 'lint of proto/' buf lint proto
  if ! release=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null); then
    leave_out 'compatibility of proto/' 'there is no release to compare with'
    return
  fi
  check "compatibility of proto/ with $release" \
    buf breaking proto --against ".git#tag=$release,subdir=proto"
}

# The pages with their types and unit tests, and what drives the browser.
# Returns whether browser tests can run.
check_pages() {
  local here=tests/browser
  local -a options=(--test)
  if [[ $install == no ]]; then options+=(--no-install); fi
  if ! clients/web/build.sh "${options[@]}"; then
    miss 'pages' 'see above'
    return 1
  fi
  passed=$((passed + 1))
  say 'passed: pages'
  if [[ ! $here/node_modules/.package-lock.json -nt $here/package-lock.json ]]; then
    if [[ $install == no ]] || ! (cd "$here" &&
      npm ci --ignore-scripts --no-audit --no-fund) >build/browser-npm.log 2>&1; then
      miss 'browser tests' 'the packages of tests/browser are missing'
      return 1
    fi
  fi
  if ! command -v chromium >/dev/null; then
    miss 'browser tests' 'chromium is missing'
    return 1
  fi
}

run_checks() {
  if command -v clang-format >/dev/null; then
    check 'format' check_format
  else
    miss 'format' 'clang-format is missing'
  fi
  if command -v shellcheck >/dev/null; then
    check 'scripts' check_scripts
  else
    miss 'scripts' 'shellcheck is missing'
  fi
  check_protos
}

# --- Builds and their tests ---------------------------------------------------

# Builds `$2...` of the preset `$1`.
build() {
  local preset=$1 log=build/$1.log
  shift
  say "building $preset"
  { cmake --preset "$preset" && cmake --build --preset "$preset" "$@"; } \
    >"$log" 2>&1 || {
    grep -E -A 5 'error|FAILED' "$log" | head -n 40 || tail -n 20 "$log"
    die "the build of $preset failed; see $log"
  }
}

build_asan() {
  renice -n 19 "$BASHPID" >/dev/null
  build asan --target sanitize_tests
}

# Runs the tests of the preset `$1` that `$3...` choose, called `$2`, and counts
# them.
run_ctest() {
  local preset=$1 log=build/$1-$2.log report=$root/build/$1-$2.xml
  local all bad left
  say "testing $1, $2"
  shift 2
  rm -f "$report"
  ctest --test-dir "build/$preset" -j2 --output-on-failure \
    --output-junit "$report" "$@" >"$log" 2>&1 || true
  [[ -s $report ]] || {
    tail -n 20 "$log"
    die "the tests of $preset did not run; see $log"
  }
  count() { grep -m1 -oE "\b$1=\"[0-9]+\"" "$report" | tr -dc 0-9; }
  all=$(count tests)
  bad=$(count failures)
  left=$(($(count skipped) + $(count disabled)))
  [[ $all -gt 0 ]] || die "$preset has no tests; see $log"
  if [[ $bad -gt 0 ]]; then
    # What the failed ones said, without the list of those that passed.
    grep -vE '^ +Start +[0-9]+:| Passed +[0-9.]+ sec$' "$log" | tail -n 60
    say "the whole output is in $log"
  fi
  if [[ $left -gt 0 ]]; then leave_out "$left tests of $preset" "see $log"; fi
  passed=$((passed + all - bad - left))
  failed=$((failed + bad))
}

main() {
  for option in "$@"; do
    case $option in
      --no-install) install=no ;;
      -h | --help) usage && exit 0 ;;
      *) die "unknown option $option; --help lists them" ;;
    esac
  done
  if [[ $install == yes ]]; then deploy/install.sh test; fi
  for tool in cmake ninja g++; do
    command -v "$tool" >/dev/null ||
      die "$tool is missing; run without --no-install"
  done
  mkdir -p build

  run_checks
  local has_browser=no asan_build
  if check_pages; then has_browser=yes; fi
  build release
  run_ctest release tests -LE browser
  # Under AddressSanitizer what is quick and closest to memory; tests/sanitizers.sh
  # runs the rest, and ThreadSanitizer. Browsers leave much of the machine idle,
  # so its build goes on behind them, as far as they leave it room.
  build_asan &
  asan_build=$!
  if [[ $has_browser == yes ]]; then run_ctest release browsers -L browser; fi
  wait "$asan_build" || exit 1
  # Not the checks on what the tests themselves find: each plays many mistaken days
  # on the code that its neighbours play rightly.
  ASAN_OPTIONS=detect_stack_use_after_return=1 \
    UBSAN_OPTIONS=print_stacktrace=1 \
    run_ctest asan tests -L sanitize -E 'BrokenStoreTest|MistakeTest'

  echo "$passed passed, $failed failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}

main "$@"
