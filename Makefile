# newsledger, in a few verbs. Needs Python 3.11 and make; all set-up is here, and the second time it is instant.
#   make run      everything on this machine, until Ctrl-C (make run ARGS=--once: until the inbox is published)
#   make test     all tests          make check    format, lint, types, imports, configuration
#   make bench    how fast, against a floor
#   make faults   the stack, killed and cut off again and again (make faults ROUNDS=60 SEED=1: an hour and a half)
#   make fuzz     broken input for all that reads bytes (make fuzz COUNT=100000 SEED=1)
#   make test-store ENDPOINT=https://... [BUCKET=...]   what we need of an object store, tried on one (credentials: AWS_*)
# For a team, with Docker instead of Python (docker-compose.yml):
#   make up  make down      start; stop and keep the data      make backup  make restore FROM=backups/...
#   make destroy            delete the data (asks)             make digests   pin images to what the registry has now
#   make test-compose       try all that against the engine of this machine

SHELL := bash
.SHELLFLAGS := -o pipefail -ec
.DELETE_ON_ERROR:
.PHONY: run test check bench faults fuzz test-store install clean up down destroy digests backup restore test-compose

PYTHON ?= python3.11
ARGS ?=
ROUNDS ?= 60
SEED ?= 1
COUNT ?= 100000
ENDPOINT ?=
BUCKET ?=
BIN := .venv/bin

run: install ; @exec $(BIN)/newsledger up $(ARGS)
test: install ; @exec $(BIN)/pytest -n 2 --dist loadgroup $(ARGS)
check: install ; @$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/newsledger check
bench: install ; @exec $(BIN)/python -m bench $(ARGS)
faults: install ; @exec $(BIN)/python -m tests.faults --rounds $(ROUNDS) --seed $(SEED) $(ARGS)
fuzz: install ; @exec $(BIN)/python -m tests.fuzz --count $(COUNT) --seed $(SEED) $(ARGS)
test-store: install ; @exec env $(if $(ENDPOINT),NEWSLEDGER_TEST_ENDPOINT=$(ENDPOINT)) $(if $(BUCKET),NEWSLEDGER_TEST_BUCKET=$(BUCKET)) \
	$(BIN)/pytest tests/store_contract $(ARGS)
clean: ; rm -rf .venv .venv-store

up down destroy digests: ; @exec deploy/stack $@
backup: ; @exec deploy/stack backup $(TO)
restore: ; @exec deploy/stack restore $(FROM)
test-compose: install ; @exec env NEWSLEDGER_TEST_COMPOSE=1 $(BIN)/pytest tests/compose $(ARGS)

# An environment is whole once its stamp lies in it. The stamp carries the place, since an environment cannot be moved;
# one without a stamp (half-made), or whose Python is gone, is made anew; one older than its lock file is brought up to it.
HERE := $(shell pwd | cksum | cut -d ' ' -f 1)
MADE := .venv/made-$(HERE)
LINKED := .venv/linked-$(HERE)
STORE := .venv-store/made-$(HERE)
GONE := $(shell for each in .venv .venv-store; do $$each/bin/python -c '' 2> /dev/null || rm -rf $$each; done)

install: $(MADE) $(LINKED) $(STORE)

$(MADE): requirements.lock
	@$(call environment,.venv,requirements.lock)
	@touch $@

$(LINKED): $(MADE) pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m newsledger.extract.gazetteer
	@touch $@

$(STORE): requirements-store.lock
	@$(call environment,.venv-store,requirements-store.lock)
	@touch $@

# $(1) folder, $(2) lock file. Wheels only: no compiler is needed, and none is called.
define environment
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2> /dev/null || { \
	  echo "newsledger needs Python 3.11 ($(PYTHON) is not one): install it, or say make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
	[ -w . ] || { echo "$$PWD cannot be written: give yourself write access, or clone into a folder of your own" >&2; exit 1; }; \
	echo "Making $(1) from $(2), $$(grep -c == $(2)) packages; once, a few minutes"; \
	[ -f $@ ] || rm -rf $(1); \
	[ -d $(1) ] || $(PYTHON) -m venv $(1) > /dev/null || { \
	  echo "Python cannot make an environment: install its venv module (Debian, Ubuntu: apt-get install python3.11-venv)" >&2; exit 1; }; \
	$(1)/bin/pip install --disable-pip-version-check --no-input --require-hashes --only-binary :all: --compile -r $(2) 2> $(1)/errors \
	  | awk -v tty="$$([ -t 2 ] && echo 1)" -v all="$$(grep -c == $(2))" 'BEGIN { end = tty ? "\r" : "\n"; every = tty ? 1 : 50 } \
	    /^Collecting/ && ++n % every == 0 && n < all { printf "  collected %d%s", n, end } \
	    /^Collecting/ && n == all { print "  collected all, seeing that they fit together ..." } \
	    /^Installing/ { print "  installing ..." } { fflush() }' \
	  || { grep -i error $(1)/errors | tail -1 >&2 || true; echo "$(1) could not be made: is the package index in reach? Then say it again" >&2; exit 1; }
endef
