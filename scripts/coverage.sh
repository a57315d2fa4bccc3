#!/bin/bash
# Which lines and branches of lib and server no test runs: a table, and a page in
# build/coverage/lines.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/build/coverage
scripts/build.sh coverage
rm -rf "$out/profiles"
LLVM_PROFILE_FILE="$out/profiles/%p.profraw" \
  ctest --test-dir "$out" -j "$(nproc)" --quiet --output-on-failure --no-tests=error
llvm-profdata merge -sparse "$out"/profiles/*.profraw -o "$out/all.profdata"
programs=("$out"/*_tests)
objects=("${programs[0]}" "${programs[@]/#/-object=}" -instr-profile "$out/all.profdata"
  -ignore-filename-regex='/tests/|^/usr/|/third_party/')
# The columns: file; lines, lines that no test ran, share that one ran; the same of branches.
llvm-cov report "${objects[@]}" |
  awk '$1 ~ /\.(h|cpp)$|^TOTAL$/ {print $1, $8, $9, $10, $11, $12, $13}' | column -t
llvm-cov show "${objects[@]}" -format=html -output-dir="$out/lines"
