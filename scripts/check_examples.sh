#!/bin/bash
# Builds and runs the embedders of examples/embed both ways, the server's libraries out of reach.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/build/examples
rm -rf "$out"
without=(-G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
hidden=(PkgConfig SQLiteCpp nlohmann_json httplib Catch2 OpenSSL ZLIB PNG CLI11 tomlplusplus)
for package in "${hidden[@]}"; do
  without+=("-DCMAKE_DISABLE_FIND_PACKAGE_$package=ON")
done

# quietly COMMAND... : its output only if it fails.
quietly() { "$@" >"$out/log" 2>&1 || { cat "$out/log"; return 1; }; }

# example FOLDER NAME OPTION... : configures, builds and runs it.
example() {
  local folder=$1 name=$2
  shift 2
  quietly cmake -S "$folder" -B "$out/$name" "${without[@]}" "$@"
  quietly cmake --build "$out/$name"
  "$out/$name/main"
  "$out/$name/house_rule"
}

mkdir -p "$out"
example examples/embed subdirectory

quietly cmake -S . -B "$out/core" "${without[@]}" -DTOPUP_SERVER=OFF
quietly cmake --build "$out/core"
quietly cmake --install "$out/core" --prefix "$out/prefix"
example examples/embed/installed installed -DCMAKE_PREFIX_PATH="$out/prefix"
