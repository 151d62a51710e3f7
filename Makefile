# make demo    a real authority, a real server, real pushes, allowed and refused
# make test    everything that has a test
# make test-hosts real pushes to real servers: sshd, gitolite, nginx with git-http-backend, git daemon, a bare chroot
# make test-ci the templates of ci-templates/, checked, and the gate run in two real CI systems
# make build   the executables, in .build/debug
# make static  remit-hook as one file that needs nothing of the machine it runs on, .build/static/release/remit-hook
# make release the static remit-hook with its digest and what it is made of, in .build/dist
# make test-release  the release built a second time, elsewhere: both must have the same digests
# make bench   what is promised of speed, beside git and other programs; BENCH_FLAGS=--quick takes two minutes,
#              BENCH_FLAGS=--write fills README.md's table and picture
# make measure-attribution  how well agents are seen, as the table that README.md quotes: on ../shared/data/commits.tsv.gz
#              where it is, otherwise on the shipped list of commits, read from local clones, MIRRORS=DIR
# make budget  the instructions that three fixed pushes take, against their budget in Tests/Bench/budget.json
# make differential  random commits read by git and by Remit, in one thread and in four: COMMITS=100000, from SEED=1 on
# make fuzz    every parser fed by libFuzzer, SECONDS=10 each; what breaks one is left in .build/fuzz
# make format  what CI's format check demands

SWIFT_FLAGS = --explicit-target-dependency-import-check error

SECONDS = 10

# Of Foundation only the part without ICU is used; its other part alone is twice the size of all the rest. What is in
# sections of its own can be left out where nothing calls it. No path of the place where it was built gets into it.
STATIC_FLAGS = -c release --static-swift-stdlib --scratch-path .build/static --product remit-hook \
	-Xswiftc -Xfrontend -Xswiftc -disable-autolink-library -Xswiftc -Xfrontend -Xswiftc Foundation \
	-Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -Xfrontend -Xswiftc -internalize-at-link \
	-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
	-Xcc -ffunction-sections -Xcc -fdata-sections -Xcxx -ffunction-sections -Xcxx -fdata-sections \
	-Xcc -ffile-prefix-map=$(CURDIR)=. -Xcxx -ffile-prefix-map=$(CURDIR)=.

.PHONY: demo test test-hosts test-ci test-release build static release bench budget differential fuzz measure-attribution needs lint \
	format

needs:
	@sh Tests/Scripts/needs.sh

build: needs
	swift build $(SWIFT_FLAGS)

test: needs
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build --skip RemitServersTests

# A scratch path of its own: the manifest asks for other linking. `static.sh` has a push judged where nothing else is.
static: needs
	REMIT_STATIC=1 swift build $(STATIC_FLAGS) $(SWIFT_FLAGS)
	@sh Tests/Scripts/static.sh .build/static/release/remit-hook

# Dated by the last commit, so that the same sources give the same files.
release: static
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) sh Tests/Scripts/release.sh .build/static .build/dist

test-release: release
	@sh Tests/Scripts/reproducible.sh .build/dist

# The hook inside the chroot is the static one.
test-hosts: static
	swift build --build-tests $(SWIFT_FLAGS)
	swift test --skip-build --filter RemitServersTests

test-ci: build
	@sh Tests/Scripts/ci.sh

demo: build
	@sh Tests/Scripts/demo.sh

# Measured is what a server is to run: the static program.
bench: static
	@REMIT_BIN=.build/static/release python3 Tests/Bench/bench.py $(BENCH_FLAGS)

budget: static
	@REMIT_BIN=.build/static/release python3 Tests/Bench/budget.py $(BUDGET_FLAGS)

COLLECTION = ../shared/data/commits.tsv.gz

# `MIRRORS=DIR` holds `owner/name.git`, `owner/name` or `owner+name`; whatever cannot be read is told.
measure-attribution: needs
	swift build --product measure-attribution $(SWIFT_FLAGS)
	@sh Tests/Scripts/measure-attribution.sh .build/debug/measure-attribution Tests/Attribution/labels.tsv \
	    "$(COLLECTION)" "$(MIRRORS)"

COMMITS = 100000
SEED = 1

# Built for release: a debug build takes four times as long, and `make test` reads a tenth of them in one.
differential: needs
	swift build -c release --scratch-path .build/differential --product remit-differential $(SWIFT_FLAGS)
	@.build/differential/release/remit-differential $(COMMITS) $(SEED)

# A scratch path of its own, since every module is built with other flags.
fuzz: needs
	REMIT_FUZZ=1 swift build -c release --scratch-path .build/fuzz --product remit-fuzz
	@sh Tests/Scripts/fuzz.sh .build/fuzz/release/remit-fuzz .build/fuzz $(SECONDS)

lint: needs
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	shellcheck -x Tests/Scripts/*.sh Tests/CI/*.sh hooks/p*-receive* hooks/site/* hooks/update* hooks/reference-transaction* hooks/pre-push \
	    hooks/commit-msg hooks/gerrit/* hooks/gitolite/VREF/* ci-templates/*.sh .ci/run

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests
