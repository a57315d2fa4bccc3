#!/bin/bash
# clang-tidy over every source, in parallel.  A file that was clean is not looked at again until it,
# a header it includes, its flags or .clang-tidy change: a hash of all that is kept in the cache.
set -euo pipefail
cd "$(dirname "$0")/.."
export cache=${XDG_CACHE_HOME:-$HOME/.cache}/topup-tidy
mkdir -p "$cache" build/tidy
cmake --preset asan >build/asan.configure.log 2>&1 || { cat build/asan.configure.log >&2; exit 1; }
# Each file with what it includes itself, not with the headers that the build compiles beforehand.
sed -E -e 's/( -Xclang -include(-pch)? -Xclang [^ ]+)+//' \
  -e 's/ -Xclang -fno-pch-timestamp| -Winvalid-pch| -fpch-[a-z-]+//g' \
  build/asan/compile_commands.json >build/tidy/compile_commands.json

# everything_about COMMAND : what the findings depend on, comments included for their NOLINT.
everything_about() {
  clang-tidy-14 --version
  grep -v "^#" .clang-tidy tests/.clang-tidy
  echo "$1"
  eval "$1 -E -C -o -"
}

# check "COMMAND<tab>FILE" : tidies the file unless its hash is known to be clean.
check() {
  local command=${1%$'\t'*} file=${1#*$'\t'} hash
  hash=$(everything_about "$command" | sed "s|$PWD||g" | sha256sum | cut -d' ' -f1)
  [[ ! -e $cache/$hash ]] || return 0
  echo "tidy: ${file#"$PWD"/}"
  clang-tidy-14 -p build/tidy --quiet "$file" 2>/dev/null && touch "$cache/$hash"
}
export -f check everything_about

# One line a source out of the compile database, whose entries CMake writes a line a field.
sources=$(sed -nE '
  /"command":/ {s/.*"command": "(.*)",$/\1/; s/\\(.)/\1/g; h}
  /"file":/ {s/.*"file": "(.*)".*/\1/; H; g; s/\n/\t/; p}
' build/tidy/compile_commands.json)
sources=$(grep -v "$(printf '\t')$PWD/build/" <<<"$sources")  # what CMake made is not ours to read
xargs -d '\n' -P "$(nproc)" -I{} bash -c 'check "$1"' _ {} <<<"$sources"
echo "tidy: $(wc -l <<<"$sources") files clean"
