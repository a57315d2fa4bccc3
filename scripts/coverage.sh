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
objects=("${programs[0]}" "${programs[@]/#/-object=}" -instr-profile "$out/all.profdata")
ours=(-ignore-filename-regex='/tests/|^/usr/|/third_party/')
lib=(-ignore-filename-regex='/tests/|^/usr/|/third_party/|/server/')
# The columns: file; lines, lines that no test ran, share that one ran; the same of branches.
llvm-cov report "${objects[@]}" "${ours[@]}" |
  awk '$1 ~ /\.(h|cpp)$|^TOTAL$/ {print $1, $8, $9, $10, $11, $12, $13}' | column -t

# generated : branches of comparisons that the compiler writes (= default), and those of them that
# were not counted: clang counts one half of each, whatever is compared.
generated() {
  llvm-cov export -format=lcov "${objects[@]}" "${lib[@]}" | awk '
    /^SF:/ { file = substr($0, 4)
             for (n = 0; (getline line < file) > 0;) source[file, ++n] = line }
    /^BRDA:/ { split(substr($0, 6), branch, ",")
               if (source[file, branch[1]] !~ /= default;/) next
               ++all
               if (branch[4] == "0" || branch[4] == "-") ++missed }
    END { print all + 0, missed + 0 }'
}
read -r all missed <<<"$(generated)"
llvm-cov report "${objects[@]}" "${lib[@]}" | awk -v all="$all" -v missed="$missed" '
  /^TOTAL/ { printf "lib: %s of %d lines, %.2f%% of %d branches that somebody wrote\n", $10, $8,
             100 * (1 - ($12 - missed) / ($11 - all)), $11 - all }'
llvm-cov show "${objects[@]}" "${ours[@]}" -format=html -output-dir="$out/lines"
