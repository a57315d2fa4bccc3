#!/bin/bash
# Feeds each target of tests/fuzz with what the fuzzer finds to lead somewhere new, beginning with
# its corpus there, for TOPUP_FUZZ_SECONDS; two at a time.  Fails if one ends in a fault, whose
# input is then in build/fuzz/faults.
# To weigh inputs by what is rare in them would take longer than to run them: entropic=0.
# Usage: fuzz.sh [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steady_addresses.sh
seconds=${TOPUP_FUZZ_SECONDS:-30}
targets=("$@")
[[ $# -gt 0 ]] || targets=(framing routes qris tables settings words)
scripts/build.sh fuzz fuzzer
out=$PWD/build/fuzz
mkdir -p "$out/faults"

fuzz() {
  local target=$1
  mkdir -p "$out/found/$target"
  TOPUP_FUZZ=$target "$out/fuzzer" "$out/found/$target" "tests/fuzz/$target" \
    -max_total_time="$seconds" -max_len=2048 -entropic=0 -timeout=20 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$out/faults/$target-" >"$out/$target.log" 2>&1 ||
    { tail -40 "$out/$target.log"; echo "$target: FAILED"; return 1; }
  # The last line that counts edges, and how many inputs were run.
  printf '%-10s %9s inputs, %s edges\n' "$target" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$target.log")" \
    "$(grep -o 'cov: [0-9]*' "$out/$target.log" | tail -1 | cut -d' ' -f2)"
}
export -f fuzz
export seconds out
printf '%s\n' "${targets[@]}" | xargs -P 2 -I{} bash -c 'fuzz {}'
