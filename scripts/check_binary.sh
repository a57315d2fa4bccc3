#!/bin/bash
# The binary carries its libraries with it: ldd may name libc, libm and the loader.
# Usage: check_binary.sh FILE
set -euo pipefail
allowed='^(linux-vdso\.so\.1|libc\.so\.6|libm\.so\.6)$|/ld-linux'
linked=$(ldd "$1" | awk '{print $1}' | grep -vE "$allowed" || true)
if [[ -n $linked ]]; then
  printf '%s links more than libc and libm: %s\n' "$1" "${linked//$'\n'/ }" >&2
  exit 1
fi
"$1" --version
