#!/bin/bash
# usage: scripts/browser.sh TOPUPD [RUN...]
#
# The dashboard as people use it, in the distribution's Chromium: tests/browser/run.js.  Pictures
# of every page are left in build/dashboard.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -ge 1 ]] || { echo "usage: $0 TOPUPD [RUN...]" >&2; exit 2; }
scripts/node_modules.sh browser  # playwright-core brings no browser of its own
ln -sfn build/third_party/browser/node_modules node_modules  # where Node.js looks for them
timeout "${TOPUP_BROWSER_SECONDS:-400}" node tests/browser/run.js "$1" build/dashboard "${@:2}"
