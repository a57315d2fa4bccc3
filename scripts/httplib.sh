#!/bin/bash
# usage: scripts/httplib.sh DEST
#
# Puts cpp-httplib's full, unsplit header at DEST/httplib.h, and its licence beside it, from the
# source package of Debian 13 with Debian's patches applied: the ready-made library of Debian 12
# lacks fixes.  The archive is the one that this machine's own apt sources name, checked with the
# machine's own keyring; the machine's configuration is not touched.  Does nothing when DEST holds
# both already.
set -euo pipefail

readonly version=0.18.7
readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[[ $# -eq 1 ]] || { echo "usage: $0 DEST" >&2; exit 2; }
readonly dest=$1

say() { echo "httplib.sh: $*"; }
refuse() { echo "httplib.sh: $*" >&2; exit 1; }

# The split header of the distribution's library package has the version but no function bodies.
is_ours() {
  [[ -f $1 ]] && grep -qF "#define CPPHTTPLIB_VERSION \"$version\"" "$1" &&
    grep -qF 'inline bool Server::listen_internal()' "$1"
}

if is_ours "$dest/httplib.h" && [[ -f $dest/LICENSE ]]; then exit 0; fi

as_root() {
  if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

command -v dpkg-source > /dev/null || {
  say "installing dpkg-dev, which unpacks source packages"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends dpkg-dev
}
[[ -r $keyring ]] || refuse "$keyring is missing: install debian-archive-keyring"

# Prints "URI SUITE" for every enabled binary source, whichever of apt's two notations it is in.
machine_sources() {
  local files=()
  shopt -s nullglob
  files=(/etc/apt/sources.list /etc/apt/sources.list.d/*.list)
  for file in "${files[@]}"; do
    [[ -r $file ]] || continue
    awk '$1 == "deb" {
      at = 2
      if ($2 ~ /^\[/) { while ($at !~ /\]$/ && at < NF) ++at; ++at }
      print $at, $(at + 1)
    }' "$file"
  done
  files=(/etc/apt/sources.list.d/*.sources)
  for file in "${files[@]}"; do
    awk -v RS= '{
      uris = ""; suites = ""; types = ""; on = 1
      n = split($0, lines, "\n")
      for (i = 1; i <= n; ++i) {
        if (lines[i] ~ /^#/) continue
        value = lines[i]; sub(/^[^:]*:[ \t]*/, "", value)
        key = tolower(lines[i]); sub(/:.*/, "", key)
        if (key == "uris") uris = value
        if (key == "suites") suites = value
        if (key == "types") types = value
        if (key == "enabled" && tolower(value) ~ /^no/) on = 0
      }
      if (!on || types !~ /(^| )deb( |$)/) next
      nu = split(uris, u, /[ \t]+/); ns = split(suites, s, /[ \t]+/)
      for (i = 1; i <= nu; ++i) for (j = 1; j <= ns; ++j) print u[i], s[j]
    }' "$file"
  done
}

# Reads to the end, so that its writer never meets a closed pipe.
first_with_suite() {
  awk -v suite="^(bookworm|trixie|stable|oldstable)$1\$" \
    '!found && $2 ~ suite { print $1; found = 1 }'
}
archive=$(machine_sources | first_with_suite "")
security=$(machine_sources | first_with_suite -security)
[[ -n $archive ]] ||
  refuse "no Debian archive in this machine's apt sources: put $version's full httplib.h into $dest"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/source"
{
  echo "deb-src [signed-by=$keyring] $archive trixie main"
  [[ -z $security ]] || echo "deb-src [signed-by=$keyring] $security trixie-security main"
} > "$scratch/trixie.list"

# Everything else, a proxy among it, stays as the machine has it.
apt_options=(
  -o "Dir::Etc::sourcelist=$scratch/trixie.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$scratch/lists" -o "Dir::Cache=$scratch/cache"
  -o "APT::Sandbox::User=$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=3 -q
)

say "reading Debian 13's list of source packages"
apt-get "${apt_options[@]}" update > "$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; refuse "the list of source packages could not be read"; }

mapfile -t offered < <(
  apt-cache "${apt_options[@]}" showsrc cpp-httplib | sed -n 's/^Version: //p' | sort -uV
)
readonly wanted="^${version//./\\.}-1\+deb13u[0-9]+$"
package=$(printf '%s\n' "${offered[@]}" | grep -E "$wanted" | tail -1) ||
  refuse "this program is tested with cpp-httplib $version-1+deb13u* only, and Debian 13 offers" \
    "${offered[*]:-none}"

(cd "$scratch/source" &&
  apt-get "${apt_options[@]}" source --only-source "cpp-httplib=$package") > "$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; refuse "the source package could not be fetched and unpacked"; }

header=$scratch/source/cpp-httplib-$version/httplib.h
is_ours "$header" || refuse "the package $package does not hold the full httplib.h of $version"
mkdir -p "$dest"
install -m 0644 "$scratch/source/cpp-httplib-$version/LICENSE" "$dest/LICENSE"
install -m 0644 "$header" "$dest/httplib.h.new"
mv "$dest/httplib.h.new" "$dest/httplib.h"
say "took cpp-httplib $package, sha256 $(sha256sum "$dest/httplib.h" | cut -d' ' -f1)"
