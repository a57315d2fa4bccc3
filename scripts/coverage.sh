#!/bin/bash
# Which lines of lib and server no test runs: a table, and a page in build/coverage/lines.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/build/coverage
scripts/build.sh coverage
rm -rf "$out/profiles"
LLVM_PROFILE_FILE="$out/profiles/%p.profraw" \
  ctest --test-dir "$out" -j "$(nproc)" --output-on-failure --no-tests=error
llvm-profdata merge -sparse "$out"/profiles/*.profraw -o "$out/all.profdata"
objects=()
for program in "$out"/*_tests; do objects+=(-object "$program"); done
llvm-cov report "${objects[@]}" -instr-profile "$out/all.profdata" lib server |
  awk '{print $1, $(NF-5), $(NF-4), $(NF-3)}' | column -t
llvm-cov show "${objects[@]}" -instr-profile "$out/all.profdata" -format=html \
  -output-dir="$out/lines" lib server
