#!/bin/bash
# Proof that the tests can fail: each mutant of tests/mutants/list.txt changes one place in a copy
# of one source, and the test named with it must then fail.  A line for each; fails if one survives.
# Usage: mutants.sh [NUMBER...]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${MUTANTS_PRESET:-asan}
work=$PWD/build/mutants
mkdir -p "$work"

# Before clang 18 a sanitizer can't place its memory where the kernel spreads addresses wider.
if [[ -z ${TOPUP_NO_ASLR:-} ]] && setarch -R true 2>/dev/null; then
  TOPUP_NO_ASLR=1 exec setarch -R "$0" "$@"
fi

# build PROGRAM SOURCE : the mutant of that source first, so that the archive's own is not taken.
build() {
  local program=$1 source=$2 commands compile link
  commands=$(ninja -C "build/$preset" -t commands "$program")
  compile=$(grep -F -- "-c $PWD/$source" <<<"$commands" | head -1)
  link=$(grep -F -- "-o $program " <<<"$commands" | tail -1)
  compile=${compile/"-c $PWD/$source"/"-Wno-error -c $work/mutant.cpp"}
  compile=$(sed -E "s| -o [^ ]+| -o $work/mutant.o|; s|^ccache ||" <<<"$compile")
  compile=$(sed -E 's| -MD||; s| -M[TF] [^ ]+||g' <<<"$compile")
  link=${link/"-o $program "/"$work/mutant.o -o $work/$program "}
  (cd "build/$preset" && eval "$compile" && eval "$link") >"$work/build.log" 2>&1
}

# try NAME PROGRAM TEST SOURCE OLD NEW : sets verdict.
try() {
  local program=$2 text
  text=$(<"$4")
  [[ $text == *"$5"* ]] || { verdict="STALE: $4 does not hold its line"; return; }
  printf '%s\n' "${text/"$5"/"$6"}" >"$work/mutant.cpp"
  build "$program" "$4" || { verdict="STALE: it does not compile, see $work/build.log"; return; }
  if "$work/$program" "$3" >"$work/test.log" 2>&1; then
    verdict=SURVIVED
    return
  fi
  verdict="caught: $(grep -m1 -A1 'explicitly with message' "$work/test.log" | tail -1 | xargs -0)"
  verdict+=" $(grep -om1 'TOPUP_SEED=[0-9]*' "$work/test.log" || true)"
}

number=0
failed=0
# Of each mutant five lines: its name, program and test, source, what is there, what it becomes.
while read -r name && read -r program test && read -r source && IFS= read -r old &&
  IFS= read -r new; do
  read -r || true
  number=$((number + 1))
  [[ $# -eq 0 || " $* " == *" $number "* ]] || continue
  try "$name" "$program" "$test" "$source" "${old#- }" "${new#+ }"
  printf '%2d  %-45s %s\n' "$number" "$name" "${verdict//$'\n'/ }"
  [[ $verdict == caught* ]] || failed=1
done <tests/mutants/list.txt
exit "$failed"
