#!/bin/bash
# usage: scripts/web.sh DEST
#
# Puts the libraries that the dashboard loads into DEST/vendor, as modules that a browser can load
# as they are: names of packages in their imports become paths.  Their notices go to DEST/LICENSE.
# npm takes exactly the versions of server/web/package-lock.json and checks their hashes; where it
# is missing it is installed, which takes a minute that the compiler uses, too.  Fetches nothing
# when DEST holds what that file asks for.
set -euo pipefail
[[ $# -eq 1 ]] || { echo "usage: $0 DEST" >&2; exit 2; }
readonly dest=$1
here=$(dirname "$0")
packages=$here/../server/web

mkdir -p "$(dirname "$dest")"
exec 9>"$dest.lock"
flock 9  # two builds may run at once

stamp=$(cat "$packages/package-lock.json" "$0" | sha256sum)
if [[ -f $dest/stamp && $(<"$dest/stamp") == "$stamp" ]]; then
  touch "$dest"/vendor/*.js "$dest/LICENSE"  # the build compares times
  exit 0
fi
command -v npm >/dev/null || "$here/setup.sh" web

rm -rf "$dest"
mkdir -p "$dest/npm" "$dest/vendor"
cp "$packages/package.json" "$packages/package-lock.json" "$dest/npm/"
(cd "$dest/npm" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || {
  echo "web.sh: npm could not install what server/web/package-lock.json names" >&2
  exit 1
}

# module FROM TO : one module, its imports rewritten, without the name of a map that is not there.
module() {
  sed -e 's#from *"preact"#from"./preact.js"#g' -e '/^\/\/# sourceMappingURL=/d' \
    "$dest/npm/node_modules/$1" >"$dest/vendor/$2"
}
module preact/dist/preact.mjs preact.js
module preact/hooks/dist/hooks.mjs hooks.js
module htm/dist/htm.mjs htm.js
for package in preact htm; do
  printf '%s\n\n' "---- $package"
  cat "$dest/npm/node_modules/$package/LICENSE"
  echo
done >"$dest/LICENSE"
echo "$stamp" >"$dest/stamp"
