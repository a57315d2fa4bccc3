# The two commands of the README, make run and make test, and what stands behind them.
# Everything that is missing on a fresh Debian 12 or 13 is installed first (scripts/packages.txt).

.PHONY: run build test check-long format format-check tidy clean

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

# What takes too long for every change: see scripts/check_long.sh.
check-long:
	@scripts/setup.sh test check long
	@scripts/check_long.sh

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
