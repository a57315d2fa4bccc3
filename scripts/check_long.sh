#!/bin/bash
# What takes too long for every change: the whole suite under the thread sanitizer and with g++, ten
# times the seeds, a power cut at every point, a crowd of clients, the lines that no test runs, and
# both commands on fresh Debian 12 and 13 machines (needs root).
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steady_addresses.sh
for preset in tsan debug; do
  echo "== whole suite, $preset"
  scripts/build.sh "$preset"
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error
done
echo "== ten times the seeds"
TOPUP_SEEDS=10000 build/debug/core_tests "whatever is asked for*"
TOPUP_SIM_SEEDS=30000 build/debug/sim_tests "no seed loses*"
TOPUP_SIM_SEEDS=3000 build/debug/sim_tests "a world on a file*"
echo "== a power cut at every point, a failure of every call"
TOPUP_CRASH_STRIDE=1 TOPUP_CRASH_WAYS=16 build/debug/crash_tests
echo "== ten kills, ten stops"
TOPUP_KILLS=10 build/debug/kill_tests
echo "== ten thousand idle connections"
scripts/build.sh release topupd
TOPUP_PROGRAM=$PWD/build/release/topupd TOPUP_CROWD=10000 build/debug/load_tests
echo "== bytes of every kind"
scripts/fuzz.sh
echo "== pages in other languages, sizes and colours"
TOPUP_BROWSER_SECONDS=1800 scripts/browser.sh build/release/topupd others
echo "== lighthouse"
scripts/lighthouse.sh build/release/topupd
echo "== coverage"
scripts/coverage.sh
for suite in bookworm trixie; do
  echo "== fresh $suite"
  scripts/fresh_machine.sh "$suite" run test
done
