#!/bin/bash
# usage: scripts/lighthouse.sh TOPUPD
#
# How good the pages are that strangers see first: tests/lighthouse/run.js.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -eq 1 ]] || { echo "usage: $0 TOPUPD" >&2; exit 2; }
modules=build/third_party/lighthouse

stamp=$(sha256sum <tests/lighthouse/package-lock.json)
if [[ ! -f $modules/stamp || $(<"$modules/stamp") != "$stamp" ]]; then
  rm -rf "$modules"
  mkdir -p "$modules"
  cp tests/lighthouse/package.json tests/lighthouse/package-lock.json "$modules/"
  (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  echo "$stamp" >"$modules/stamp"
fi
timeout 900 node tests/lighthouse/run.js "$1" "$PWD/$modules"
