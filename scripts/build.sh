#!/bin/bash
# Configures and builds one preset, or one of its targets, with the compiler cache.
# Usage: build.sh PRESET [TARGET...]   CONFIGURE may hold more options for cmake.
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # one cache for every clone
# What is compiled with a precompiled header is kept only then, and is known by all that it
# includes: a changed comment leaves the text as it is, but clang refuses a header of another size.
export CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1
preset=$1
shift
read -ra options <<<"${CONFIGURE:-}"
mkdir -p build
cmake --preset "$preset" "${options[@]}" >"build/$preset.configure.log" 2>&1 ||
  { cat "build/$preset.configure.log" >&2; exit 1; }
cmake --build --preset "$preset" -j "$(nproc)" ${1:+--target "$@"}
