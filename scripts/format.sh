#!/bin/bash
# Says which files are not in the one style of .clang-format; with --write rewrites them.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run --Werror)
[[ ${1:-} != --write ]] || mode=(-i)
git ls-files -z '*.h' '*.cpp' | xargs -0 clang-format-14 "${mode[@]}"
echo "format: $(git ls-files '*.h' '*.cpp' | wc -l) files in style"
