#!/bin/bash
# Configures and builds one preset, or one of its targets, with the compiler cache.
# Usage: build.sh PRESET [TARGET...]   CONFIGURE may hold more options for cmake.
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # one cache for every clone
preset=$1
shift
read -ra options <<<"${CONFIGURE:-}"
mkdir -p build
cmake --preset "$preset" "${options[@]}" >"build/$preset.configure.log" 2>&1 ||
  { cat "build/$preset.configure.log" >&2; exit 1; }
cmake --build --preset "$preset" -j "$(nproc)" ${1:+--target "$@"}
