# Two commands matter: `make demo` and `make check`. Everything is installed inside this folder.
SHELL := /bin/sh
# The locked Python, Node and tools come first, whatever the machine has.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PYTHON ?= python3
POCKET := src/leanto/pocket_dist/files.json
POCKET_SOURCES := $(shell find pocket src/leanto/data -type f -not -path '*/node_modules/*' 2>/dev/null)
.DEFAULT_GOAL := help
.PHONY: help demo check fix test journeys walls soak sabotage bench release tools pocket check-python check-pocket check-postgres

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: tools $(POCKET) ## a rehearsal town in your browser (FRESH=1 starts a new one)
	leanto demo $(if $(FRESH),--fresh)

check: tools ## everything CI runs: lint, types, walls, tests, journeys
	$(MAKE) -j2 check-python check-pocket
	$(MAKE) $(POCKET)
	pytest -n 2

fix: tools ## format and repair what can be repaired
	ruff check --fix
	ruff format
	cd pocket && npm run --silent fix

test: tools ## unit tests only, the quick ones
	pytest -n 2 src
	cd pocket && npm run --silent test

journeys: tools $(POCKET) ## stories in a real browser
	pytest -n 2 tests/journeys

walls: tools $(POCKET) ## what must stay absent
	lint-imports
	pytest -n 2 tests/walls
	cd pocket && npm run --silent lint

soak: tools $(POCKET) ## stories of chance, told many times; takes hours
	-uv sync --frozen --inexact --group soak
	SOAK=1 pytest -n 2 -m soak
	cd pocket && SOAK=1 npm run --silent test

sabotage: tools $(POCKET) ## break every guarantee on purpose; each test must notice
	python -m tests.sabotage.runner

check-postgres: tools $(POCKET) ## the Python stories with every table at a PostgreSQL server
	python -m tests.harness.servers pytest -n 2

bench: tools $(POCKET) ## measure, beside real peers
	python -m bench

release: tools $(POCKET) ## wheel and sdist, with the pocket inside, into dist/
	uv build --python .venv/bin/python --out-dir dist

pocket: tools $(POCKET)

tools:
	@for python in $(PYTHON) python3 python /usr/bin/python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then \
	    exec $$python tools/bootstrap.py; fi; done; \
	echo "Leanto needs Python 3.9 or newer on the PATH to install its tools." >&2; exit 1
	@python tools/catalogues.py compile

check-python:
	ruff check --quiet
	ruff format --check --quiet
	lint-imports
	mypy

check-pocket:
	cd pocket && npm run --silent types && npm run --silent lint && npm run --silent test

$(POCKET): $(POCKET_SOURCES)
	cd pocket && npm run --silent build
