# The two commands of the README, make run and make test, and what stands behind them.
# Everything that is missing on a fresh Debian 12 or 13 is installed first (scripts/packages.txt).

.PHONY: run build test bench bench-large bench-peers check-long soak mutants fuzz
.PHONY: format format-check tidy clean

run: build
	@exec build/release/topupd serve --demo --data data --listen 127.0.0.1:8080

# Leaves build/release/topupd.
build:
	@scripts/setup.sh run
	@scripts/build.sh release topupd

# The whole suite under sanitizers, the release binary's guards, the examples.
test:
	@scripts/setup.sh test
	@scripts/test.sh

# How fast it is on this machine, against the limits of the same machine: docs/benchmark.md.
# The figures go to build/bench.json, the picture to build/bench.svg.
bench: bench-build
	@build/release/topup_bench --orders 100000,1000000 --resellers 1000 \
	  --json build/bench.json --plot build/bench.svg
	@build/release/core_bench --benchmark_min_time=0.2

# The same with a file of 5,000,000 orders, made once and kept in build/bench.
bench-large: bench-build
	@build/release/topup_bench --orders 100000,5000000 --resellers 1000,10000 \
	  --json build/bench-large.json --plot build/bench-large.svg

# The same orders by other people's programs, in the same rounds.  Installs them; needs root.
bench-peers: bench-build
	@scripts/setup.sh test bench peers web
	@scripts/bench_peers.sh

.PHONY: bench-build
bench-build:
	@scripts/setup.sh bench
	@scripts/build.sh release topupd topup_bench core_bench

# What takes too long for every change: see scripts/check_long.sh.
check-long:
	@scripts/setup.sh test check long
	@scripts/check_long.sh

# Whole worlds from seeds that nobody ran before, for so many seconds (docs/simulator.md); then the
# server, killed a hundred times and stopped as often.
soak:
	@scripts/setup.sh test
	@scripts/build.sh debug sim_tests kill_tests
	@TOPUP_SOAK_SECONDS=$${TOPUP_SOAK_SECONDS:-3600} \
	  TOPUP_SOAK_FIRST=$${TOPUP_SOAK_FIRST:-$$(date +%s)000} build/debug/sim_tests '[soak]'
	@TOPUP_KILLS=$${TOPUP_KILLS:-100} build/debug/kill_tests

# Proof that the tests can fail: the product, broken in one place after the other.
mutants:
	@scripts/setup.sh test
	@scripts/build.sh asan core_tests crash_tests process_tests sim_tests store_tests work_tests
	@scripts/mutants.sh

# Bytes that lead somewhere new, to all that reads bytes: 30 seconds for each target, or
# TOPUP_FUZZ_SECONDS.
fuzz:
	@scripts/setup.sh test
	@scripts/fuzz.sh

# Rewrites every source file in the one style; format-check only says which differ.
format:
	@scripts/setup.sh check
	@scripts/format.sh --write

format-check:
	@scripts/setup.sh check
	@scripts/format.sh

tidy:
	@scripts/setup.sh test check
	@scripts/tidy.sh

clean:
	rm -rf build
