#!/bin/bash
# Says which files are not in the one style of .clang-format; with --write rewrites them.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run --Werror)
[[ ${1:-} != --write ]] || mode=(-i)
# New files, too, before git knows them; not those that were deleted and are still known.
mapfile -t files < <(git ls-files --cached --others --exclude-standard --deduplicate '*.h' '*.cpp' |
  while read -r file; do [[ ! -e $file ]] || echo "$file"; done)
printf '%s\0' "${files[@]}" | xargs -0 clang-format-14 "${mode[@]}"
echo "format: ${#files[@]} files in style"
