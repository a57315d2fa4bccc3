#!/bin/bash
# usage: scripts/browser.sh TOPUPD [RUN...]
#
# The dashboard as people use it, in the distribution's Chromium: tests/browser/run.js.  Pictures
# of every page are left in build/dashboard.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -ge 1 ]] || { echo "usage: $0 TOPUPD [RUN...]" >&2; exit 2; }
modules=build/third_party/browser

# playwright-core brings no browser of its own; npm checks the lock file's hashes.
stamp=$(sha256sum <tests/browser/package-lock.json)
if [[ ! -f $modules/stamp || $(<"$modules/stamp") != "$stamp" ]]; then
  rm -rf "$modules"
  mkdir -p "$modules"
  cp tests/browser/package.json tests/browser/package-lock.json "$modules/"
  (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  echo "$stamp" >"$modules/stamp"
fi
ln -sfn "$modules/node_modules" node_modules  # where Node.js looks for them
timeout "${TOPUP_BROWSER_SECONDS:-400}" node tests/browser/run.js "$1" build/dashboard "${@:2}"
