#!/bin/bash
# The README's commands on a fresh machine: a debootstrap tree of SUITE with git, make and no more.
# Usage: fresh_machine.sh SUITE [run|test]...   (as root; FRESH is the folder of the trees, kept
# for the next time, build/fresh if unset).  Clones what is committed, prints how long each took.
set -euo pipefail
cd "$(dirname "$0")/.."
suite=$1
shift
tree=${FRESH:-$PWD/build/fresh}/$suite
sources=/etc/apt/sources.list.d/debian.sources
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
port=8080

# The tree takes packages from where this machine takes its own.
make_tree() {
  local mirror security
  mirror=$(sed -n 's/^URIs: *//p' "$sources" 2>/dev/null | sed -n 1p || true)
  security=$(sed -n 's/^URIs: *//p' "$sources" 2>/dev/null | sed -n 2p || true)
  [[ -n $mirror && -n $security ]] || { echo "fresh_machine: no sources in $sources"; exit 1; }
  mkdir -p "$tree"
  debootstrap --variant=minbase --include=ca-certificates,git,make "$suite" "$tree" "$mirror" \
    >"$tree.log" 2>&1 || { tail -5 "$tree.log"; exit 1; }
  rm -f "$tree/etc/apt/sources.list"
  cat >"$tree$sources" <<EOF
Types: deb
URIs: $mirror
Suites: $suite $suite-updates
Components: main
Signed-By: $keyring

Types: deb
URIs: $security
Suites: $suite-security
Components: main
Signed-By: $keyring
EOF
  cp /etc/resolv.conf /etc/hosts "$tree/etc/"
  # It trusts whom this machine trusts: a network may have a mirror, and an authority, of its own.
  cp /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/"
  find /etc/apt/apt.conf.d -name '*proxy*' -exec cp {} "$tree/etc/apt/apt.conf.d/" \;
}

inside=(chroot "$tree" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8)

# As a new user: make run, until the server says that it is ready, then a stop.
try_run() {
  local log=$tree.run.log start=$SECONDS pid
  # No function: the job must become make itself, for its group to be stopped by its number.
  "${inside[@]}" setsid make -C /root/topup run >"$log" 2>&1 </dev/null &
  pid=$!
  until grep -q "127.0.0.1:$port" "$log" && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    sleep 1
    kill -0 "$pid" 2>/dev/null || { tail -20 "$log"; echo "make run ended"; return 1; }
    ((SECONDS - start < 1500)) || { tail -20 "$log"; kill -- "-$pid"; return 1; }
  done
  tail -15 "$log"
  echo "make run on $suite: ready after $((SECONDS - start)) s"
  pkill -TERM -g "$pid" -x topupd  # it alone: make would hand the signal on, and two mean "at once"
  wait "$pid"
  echo "make run on $suite: stopped, exit 0"
}

try_test() {
  local log=$tree.test.log start=$SECONDS status=0
  "${inside[@]}" make -C /root/topup test >"$log" 2>&1 </dev/null || status=$?
  tail -8 "$log"
  echo "make test on $suite: exit $status after $((SECONDS - start)) s"
  return "$status"
}

[[ -d $tree/usr ]] || make_tree
for place in proc sys dev; do
  mountpoint -q "$tree/$place" && continue
  mount --rbind "/$place" "$tree/$place"
  mount --make-rslave "$tree/$place"
done
trap 'for place in dev sys proc; do umount -l "$tree/$place" || true; done' EXIT
rm -rf "$tree/root/topup"
git clone -q . "$tree/root/topup"
for command in "${@:-test}"; do
  case $command in
    run) try_run ;;
    test) try_test ;;
    *) echo "fresh_machine: no such command: $command" >&2; exit 2 ;;
  esac
done
