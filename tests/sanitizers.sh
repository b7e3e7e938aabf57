#!/usr/bin/env bash
# Runs the whole suite under AddressSanitizer with UndefinedBehaviorSanitizer,
# then under ThreadSanitizer. Takes long; tests/run.sh runs a part of it.
#
#   tests/sanitizers.sh [asan] [tsan]     both if none is named
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

die() {
  echo "sanitizers: $*" >&2
  exit 1
}

export ASAN_OPTIONS=detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
# The packaged gRPC and abseil are not built for ThreadSanitizer: it does not see
# their locks, and would report what they guard.
export TSAN_OPTIONS=ignore_noninstrumented_modules=1:second_deadlock_stack=1:suppressions=$PWD/tests/tsan.supp

if [[ $# -eq 0 ]]; then set -- asan tsan; fi

# Browsers are tested with these servers too where tests/run.sh has been.
without=()
[[ -d build/web && -d tests/browser/node_modules ]] || without=(-LE browser)

failed=()
for preset in "$@"; do
  [[ $preset == asan || $preset == tsan ]] ||
    die "unknown sanitizer $preset; there are asan and tsan"
  mkdir -p build
  echo "sanitizers: building $preset"
  { cmake --preset "$preset" && cmake --build --preset "$preset"; } \
    >"build/$preset.log" 2>&1 ||
    die "the build of $preset failed; see build/$preset.log"
  ctest --test-dir "build/$preset" -j2 --output-on-failure "${without[@]}" ||
    failed+=("$preset")
done

[[ ${#failed[@]} -eq 0 ]] || die "failed: ${failed[*]}"
echo "sanitizers: all passed"
