#!/bin/bash
# Proof that the tests can fail: each mutant of tests/mutants/list.txt changes one place in a copy
# of one source, and the test named with it must then fail.  A line for each; fails if one survives.
# Usage: mutants.sh [NUMBER...]   Without numbers all of them, as many at once as there are cores.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steady_addresses.sh

preset=${MUTANTS_PRESET:-asan}
parts=$(nproc)
part=${MUTANTS_PART:-}
if [[ $# -eq 0 && -z $part ]]; then
  seq "$parts" | xargs -P "$parts" -I{} env MUTANTS_PART={} scripts/mutants.sh
  exit
fi
work=$PWD/build/mutants/${part:-0}
mkdir -p "$work"

# as_code FILE TEXT : what is compiled in its place; the schema is wrapped in a source.
as_code() {
  printf '%s\n' "$2" >"$work/mutant.${1##*.}"
  [[ $1 == schema.sql ]] || return 0
  sed "s|$PWD/schema.sql|$work/mutant.sql|" "build/$preset/server/embedded_schema.cpp" \
    >"$work/mutant.cpp"
}

# build PROGRAM SOURCE : the mutant of that source first, so that the archive's own is not taken.
build() {
  local program=$1 source=$PWD/$2 commands compile link
  [[ $2 == schema.sql ]] && source=$PWD/build/$preset/server/embedded_schema.cpp
  commands=$(ninja -C "build/$preset" -t commands "$program")
  compile=$(grep -F -- "-c $source" <<<"$commands" | head -1)
  link=$(grep -F -- "-o $program " <<<"$commands" | tail -1)
  compile=${compile/"-c $source"/"-Wno-error -c $work/mutant.cpp"}
  compile=$(sed -E "s| -o [^ ]+| -o $work/mutant.o|; s|^ccache ||" <<<"$compile")
  compile=$(sed -E 's| -MD||; s| -M[TF] [^ ]+||g' <<<"$compile")
  link=${link/"-o $program "/"$work/mutant.o -o $work/$program "}
  (cd "build/$preset" && eval "$compile" && eval "$link") >"$work/build.log" 2>&1
}

# try PROGRAM TEST SOURCE OLD NEW : sets verdict.
try() {
  local program=$1 text old=${4//↵/$'\n'} new=${5//↵/$'\n'} code=0
  text=$(<"$3")
  [[ $text == *"$old"* ]] || { verdict="STALE: $3 does not hold its line"; return; }
  [[ ${text#*"$old"} != *"$old"* ]] || { verdict="STALE: $3 holds its line twice"; return; }
  as_code "$3" "${text/"$old"/"$new"}"
  build "$program" "$3" || { verdict="STALE: it does not compile, see $work/build.log"; return; }
  timeout 900 "$work/$program" "$2" >"$work/test.log" 2>&1 || code=$?
  case $code in
    0) verdict="SURVIVED $program" ;;
    124) verdict="SURVIVED $program so far, which does not end" ;;
    *) verdict="caught by $program: $(reason)" ;;
  esac
}

# reason : the first thing that went wrong, in few words.
reason() {
  {
    grep -aom1 'TOPUP_SEED=[0-9]*' "$work/test.log" ||
      grep -aom1 '[a-z_]*\.cpp:[0-9]*: FAILED' "$work/test.log" ||
      grep -aom1 'runtime error.*\|AddressSanitizer: [a-z-]*' "$work/test.log" || echo "it died"
  } | tr '\n' ' '
  grep -am1 -A1 'explicitly with message' "$work/test.log" | tail -1 | cut -c1-60 || true
}

number=0
failed=0
# Of each mutant five lines: its name, program and test, source, what is there, what it becomes;
# a line's end inside the last two is written as ↵.
while read -r name && read -r program test && read -r source && IFS= read -r old &&
  IFS= read -r new; do
  read -r || true
  number=$((number + 1))
  [[ $# -eq 0 || " $* " == *" $number "* ]] || continue
  [[ -z $part || $((number % parts + 1)) == "$part" ]] || continue
  try "$program" "$test" "$source" "${old#- }" "${new#+ }"
  printf '%2d  %-45s %s\n' "$number" "$name" "${verdict//$'\n'/ }"
  [[ $verdict == caught* ]] || failed=1
done <tests/mutants/list.txt
exit "$failed"
