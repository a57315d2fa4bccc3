#!/bin/bash
# usage: scripts/lighthouse.sh TOPUPD
#
# How good the pages are that strangers see first: tests/lighthouse/run.js.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -eq 1 ]] || { echo "usage: $0 TOPUPD" >&2; exit 2; }
scripts/node_modules.sh lighthouse
timeout 900 node tests/lighthouse/run.js "$1" "$PWD/build/third_party/lighthouse"
