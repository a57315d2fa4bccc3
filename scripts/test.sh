#!/bin/bash
# The whole of make test, in stages; ends with a line per stage and ctest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."

source scripts/steady_addresses.sh

# The programs with threads of their own, run a second time under the thread sanitizer.
threaded=(http_tests process_tests sandbox_tests store_tests work_tests)
report=()

# stage NAME COMMAND... : runs it, remembers how long it took; the first failure ends the run.
stage() {
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  "$@" || { echo "make test: FAILED in: $name"; exit 1; }
  report+=("$(printf '%-46s %4d s' "$name" $((SECONDS - start)))")
}

run_ctest() {
  local preset=$1
  shift
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error "$@" \
    >"build/$preset.ctest.log" 2>&1 || { cat "build/$preset.ctest.log"; return 1; }
  summary "$preset"
}

# A line too long is known before anything else is built.
rules() { scripts/build.sh asan guard_tests && run_ctest asan -L '^guard_tests$'; }

summary() { grep -E '^(100|[0-9]+)% tests passed|^Total Test time' "build/$1.ctest.log"; }

threaded_suite() {
  scripts/build.sh tsan "${threaded[@]}" &&
    run_ctest tsan -L "^($(IFS='|' && echo "${threaded[*]}"))\$"
}

# What make run has compiled serves here, too: with warnings as errors it would not.
release_binary() {
  scripts/build.sh release topupd 2>&1 | tee build/release.build.log || return 1
  ! grep -F 'warning:' build/release.build.log || return 1
  scripts/check_binary.sh build/release/topupd
}

stage "rules of the repository" rules
stage "build, address+undefined sanitizers" scripts/build.sh asan
stage "whole suite, address+undefined sanitizers" run_ctest asan
stage "threaded programs, thread sanitizer" threaded_suite
stage "release binary and what it links" release_binary
stage "dashboard, in Chromium" scripts/browser.sh build/release/topupd
stage "examples, library alone" scripts/check_examples.sh

{
  printf '%s\n' "${report[@]}"
  printf '%-46s %4d s\n' "make test" "$SECONDS"
  summary asan
} | tee build/test-summary.txt
