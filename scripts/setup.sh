#!/bin/bash
# Installs what is missing of the named sections of packages.txt.
# Usage: setup.sh SECTION...   The section "run" is always meant.  Does nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

# packages SECTION... : the names in these sections that this suite has to install.
packages() {
  awk -v wanted=" run $* " -v suite="$suite" '
    {sub(/#.*/, "")}
    /^\[/ {gsub(/[][ ]/, ""); section = $0; next}
    NF && index(wanted, " " section " ") && (NF == 1 || $2 == suite) {print $1}
  ' scripts/packages.txt
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo --preserve-env=DEBIAN_FRONTEND,RUNLEVEL "$@"
  else
    echo "setup: packages are missing: run this once as root, or install sudo" >&2
    exit 1
  fi
}

suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-unknown}")
missing=()
for name in $(packages "$@"); do
  # Where Node.js came from elsewhere, the distribution's npm can't be beside it and isn't needed.
  [[ $name == npm ]] && command -v npm >/dev/null && continue
  state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)
  [[ $state == installed ]] || missing+=("$name")
done
if ((${#missing[@]})); then
  echo "setup: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1  # no package starts a service of its own
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
