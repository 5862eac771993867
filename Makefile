# `make run` is all a newcomer needs. Each target sets up what it needs first, and does nothing twice.

PORT ?= 8050
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
SETUP := $(or $(PYTHON),python3) tools/setup.py
INPUTS = $(shell find data etl warehouse.duckdb.sql -type f ! -name '*.pyc' 2>/dev/null)
# Samples are made up and marked so; SAMPLE=no builds published figures alone. Those of data/sample_faulty are there to be
# refused: the build tells every fault and publishes without them.
SAMPLE ?= yes
DATA := data/official $(if $(filter no,$(SAMPLE)),,data/sample data/sample_faulty --with-rejects)
BUILT := var/warehouse/.built-$(SAMPLE)

.DEFAULT_GOAL := help
.PHONY: help run setup build test lint bench lock clean
MAKEFLAGS += --no-print-directory

help:  ## what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1 → /p' $(MAKEFILE_LIST) | expand -t 4

run: port=port=$(PORT)
run: setup $(BUILT)  ## sets everything up, builds the warehouse, serves it on http://127.0.0.1:8050 (PORT=… SAMPLE=no)
	@exec $(BIN)/karne serve --port $(PORT)

setup:  ## Python packages and front-end files
	@command -v $(firstword $(SETUP)) >/dev/null || { echo "Python 3.11 veya üstü gerekli. / Python 3.11 or newer is needed." >&2; exit 1; }
	@$(SETUP) $(port) python front
	@$(BIN)/python tools/compress.py

build: setup  ## builds the warehouse
	@$(BIN)/karne build --data $(DATA) && rm -f var/warehouse/.built* && touch $(BUILT)

$(BUILT): $(INPUTS) | setup
	@$(BIN)/karne build --data $(DATA) && rm -f var/warehouse/.built* && touch $@

test: setup  ## everything: unit, contract, callbacks over HTTP, browser
	@$(SETUP) dev browser
	@$(BIN)/pytest $(ARGS)

lint: setup  ## ruff, mypy --strict, the layers of the packages
	@$(SETUP) dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: build  ## what is measured, as one table
	@$(SETUP) dev browser
	@$(BIN)/python -m bench

lock: setup  ## brings the lock files in line with requirements*.in and package.json (ARGS=--upgrade: newest)
	@$(SETUP) dev
	@for name in requirements requirements-dev; do \
	  CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(ARGS) -o $$name.lock $$name.in || exit 1; done
	@npm install --package-lock-only --loglevel=error

clean:  ## removes all that is built or installed; var/ with received files and warehouses stays
	rm -rf .venv build node_modules *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
