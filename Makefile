# Each target makes what it needs first: nothing has to be prepared but Python 3.11+ and Terraform 1.11+.
.DEFAULT_GOAL := help
.PHONY: help demo test test-unit check bench lock clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Latitude needs Python 3.11 or newer on the PATH."; exit 1; }
	@command -v terraform >/dev/null || { echo "Latitude needs Terraform 1.11 or newer on the PATH."; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## the whole architecture on the embedded AWS: applied, failed over, torn down
	LATITUDE_PROVIDER_MIRROR="$${LATITUDE_PROVIDER_MIRROR-$$($(BIN)/python tests/support/mirror.py)}" $(BIN)/latitude demo

test: $(READY) check ## everything that CI runs
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-unit: $(READY) ## the tests that need no Terraform, in seconds
	$(BIN)/pytest tests/unit --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(READY) ## ruff and mypy strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## synth beside its peers, in one run
	$(BIN)/python benchmarks/run.py

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

lock: $(READY) ## renew requirements.lock from pyproject.toml, and the scanner's from tests/support/checkov.in
	$(COMPILE) --extra sandbox --group dev pyproject.toml --output-file requirements.lock
	$(COMPILE) --no-annotate tests/support/checkov.in --output-file tests/support/checkov.lock

clean: ## remove what the targets made
	rm -rf $(VENV) cdktf.out .latitude .pytest_cache .mypy_cache .ruff_cache
