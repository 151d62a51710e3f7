# make demo    a real authority, a real server, real pushes, allowed and refused
# make test    everything that has a test
# make build   the executables, in .build/debug
# make bench   pushes and histories with Remit, without it, and with commonplace hooks; BENCH_FLAGS=--quick takes a minute
# make format  what CI's format check demands

SWIFT_FLAGS = --explicit-target-dependency-import-check error

.PHONY: demo test build bench needs lint format

needs:
	@sh Tests/Scripts/needs.sh

build: needs
	swift build $(SWIFT_FLAGS)

test: needs
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build

demo: build
	@sh Tests/Scripts/demo.sh

bench: needs
	swift build -c release --product remit-hook $(SWIFT_FLAGS)
	@python3 Tests/Bench/bench.py $(BENCH_FLAGS)

lint: needs
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	shellcheck Tests/Scripts/*.sh hooks/pre-receive* .ci/run

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests
