#!/bin/bash
# Other programs that take the same orders, beside ours in the same rounds: make bench-peers.
#
# nginx + PHP + MariaDB as such panels are built, fastify + better-sqlite3, and pgbench calling one
# PL/pgSQL function (no HTTP at all).  Each runs as its package delivers it, except that a commit is
# durable and 16 PHP processes wait.  Needs root: the databases do not start as somebody else's.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD/tests/bench/peers
dir=$(mktemp -d /tmp/topup-peers.XXXXXX)
chmod 755 "$dir"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$dir"' EXIT

free_port() {
  python3 -c "
import socket
s = socket.socket()
s.bind(('127.0.0.1', 0))
print(s.getsockname()[1])"
}

# until_true COMMAND... : waits for it, half a minute at most.
until_true() {
  for _ in {1..300}; do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  echo "bench_peers: $1 does not come up" >&2
  tail -5 "$dir"/*.log >&2
  return 1
}

start_mariadb() {
  mkdir "$dir/mysql"
  chown mysql: "$dir/mysql"
  mariadb-install-db --no-defaults --user=mysql --datadir="$dir/mysql" \
    --auth-root-authentication-method=normal >"$dir/install.log" 2>&1
  mariadbd --no-defaults --user=mysql --datadir="$dir/mysql" --socket="$dir/mysql/sock" \
    --skip-networking --innodb-buffer-pool-size=512M >"$dir/mariadb.log" 2>&1 &
  pids+=($!)
  until_true mariadb --no-defaults -S "$dir/mysql/sock" -e 'SELECT 1'
  { echo 'CREATE DATABASE topup; USE topup;'; cat "$here/shop.sql" "$here/mariadb.sql"; } |
    mariadb --no-defaults -S "$dir/mysql/sock"
}

start_php() {
  local port=$1 fpm
  fpm=$(find /usr/sbin -name 'php-fpm8*' | head -1)
  cat >"$dir/fpm.conf" <<EOF
[global]
error_log = $dir/fpm.log
[peer]
user = www-data
listen = $dir/fpm.sock
listen.mode = 0666
pm = static
pm.max_children = 16
env[PEER_SOCKET] = $dir/mysql/sock
EOF
  cp "$here/order.php" "$dir/"
  "$fpm" -F -y "$dir/fpm.conf" &
  pids+=($!)
  cat >"$dir/nginx.conf" <<EOF
daemon off;
pid $dir/nginx.pid;
error_log $dir/nginx.log;
worker_processes auto;
events { }
http {
  access_log off;
  keepalive_requests 100000000;
  server {
    listen 127.0.0.1:$port;
    location / {
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME $dir/order.php;
      fastcgi_pass unix:$dir/fpm.sock;
    }
  }
}
EOF
  nginx -c "$dir/nginx.conf" -e "$dir/nginx.log" &
  pids+=($!)
  chmod 755 "$dir/mysql"
}

start_fastify() {
  local port=$1
  cp "$here/package.json" "$here/package-lock.json" "$here/fastify.mjs" "$dir/"
  (cd "$dir" && npm ci --no-audit --no-fund --loglevel=error)
  (cd "$dir" && exec node fastify.mjs "$dir/fastify.db" "$port") >"$dir/fastify.log" 2>&1 &
  pids+=($!)
  until_true grep -q ready "$dir/fastify.log"
}

start_postgresql() {
  local bin
  bin=$(find /usr/lib/postgresql -name bin | sort -V | tail -1)
  mkdir "$dir/pg"
  chown postgres: "$dir/pg"
  runuser -u postgres -- "$bin/initdb" -D "$dir/pg" >"$dir/initdb.log" 2>&1
  runuser -u postgres -- "$bin/postgres" -D "$dir/pg" -k "$dir/pg" -c listen_addresses= \
    >"$dir/postgresql.log" 2>&1 &
  pids+=($!)
  until_true runuser -u postgres -- psql -h "$dir/pg" -c 'SELECT 1'
  cp "$here/pgbench.sql" "$dir/"
  cat "$here/shop.sql" "$here/postgresql.sql" |
    runuser -u postgres -- psql -q -h "$dir/pg" -v ON_ERROR_STOP=1
}

php_port=$(free_port)
fastify_port=$(free_port)
start_mariadb
start_php "$php_port"
start_fastify "$fastify_port"
start_postgresql
build/release/topup_bench --orders 100000 --resellers 1000 --connections 64 --no-reads \
  --peer "nginx + PHP + MariaDB=$php_port" --peer "fastify + better-sqlite3=$fastify_port" \
  --peer "pgbench, one function, 16 clients=runuser -u postgres -- pgbench -h $dir/pg -n -M prepared -c 16 -j 2 -T 3 -f $dir/pgbench.sql postgres" \
  --json build/bench-peers.json
