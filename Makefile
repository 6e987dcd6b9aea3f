# Otwarty eBOK. `make` lists everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements.txt requirements-local.txt requirements-dev.txt
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make lock" pyproject.toml
PIP := @PIP_ROOT_USER_ACTION=ignore $(BIN)/pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo test storm lint check-lock bench clean asyncapi freeze messages pictures lock tools
.DELETE_ON_ERROR:

help: ## List everything that make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed-local ## Install what the office needs into .venv (does nothing when nothing changed)

demo: setup ## Start the whole office on this machine; ARGS="--profile wloclawek --port 8080" changes it
	@$(BIN)/ebok demo $(ARGS)

test: $(VENV)/.installed-dev tools ## Install what the tests need and run them all on all cores; ARGS="tests/unit" runs some
	@began=$$(date +%s); status=0; \
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS) || status=$$?; \
	echo "the tests took $$(($$(date +%s) - began)) s"; exit $$status

storm: $(VENV)/.installed-dev tools ## Run the kill tests in their long form, which takes some minutes
	$(BIN)/pytest tests/resilience --long

lint: $(VENV)/.installed-dev check-lock ## Check style, types, imports, dependencies, lock files, contracts/asyncapi.yaml and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m contracts.asyncapi --check
	$(BIN)/python -m gateway.messages --check
	$(BIN)/python -m services.correspondence.messages --check

bench: $(VENV)/.installed-dev tools ## Measure against bare references; writes var/bench.jsonl
	$(BIN)/python -m tests.benchmarks

clean: ## Stop the office and delete what `make demo` made: its data, and the system user if root made one
	@if [ -x $(BIN)/ebok ]; then $(BIN)/ebok clean; else echo "There is nothing to delete."; fi

asyncapi: $(VENV)/.installed-dev ## Write contracts/asyncapi.yaml anew
	$(BIN)/python -m contracts.asyncapi

freeze: $(VENV)/.installed-dev ## Freeze the messages as those of a release, VERSION=0.2.0; without it, list what it would freeze
	$(BIN)/python -m contracts.released $(VERSION)
	$(BIN)/python -m contracts.asyncapi

messages: $(VENV)/.installed-dev ## Bring */locale/*.po in step with the texts of pages and mails
	$(BIN)/python -m gateway.messages
	$(BIN)/python -m services.correspondence.messages

pictures: $(VENV)/.installed-dev tools ## Take README's pictures of the demo office that runs on this machine
	@$(BIN)/python -m tests.support.pictures

lock: $(VENV)/.installed-dev ## Write the lock files anew; ARGS=--upgrade takes newer versions
	$(COMPILE) $(ARGS) -o requirements.txt
	$(COMPILE) $(ARGS) --group local -o requirements-local.txt
	$(COMPILE) $(ARGS) --group dev -o requirements-dev.txt

# uv keeps the versions of an existing lock file that still fit, so a fresh one comes out the same to the byte.
check-lock: $(VENV)/.installed-dev ## Check that the lock files follow from pyproject.toml
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp $(LOCKS) "$$folder" && \
	$(COMPILE) -o "$$folder/requirements.txt" && \
	$(COMPILE) --group local -o "$$folder/requirements-local.txt" && \
	$(COMPILE) --group dev -o "$$folder/requirements-dev.txt" && \
	for lock in $(LOCKS); do \
		diff -q "$$lock" "$$folder/$$lock" || { echo "$$lock is not fresh: run make lock"; exit 1; }; \
	done

tools: $(VENV)/.installed-dev ## Install the broker and the browser that the tests use, when root and missing
	@$(BIN)/python -m deploy.local.packages rabbitmq-server chromium

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends python3-venv; \
		else echo "Missing: run sudo apt-get install python3-venv"; exit 1; fi; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-local: requirements-local.txt pyproject.toml | $(BIN)/pip
	@echo "Installing what the office needs into $(VENV) …"
	$(PIP) install --require-hashes -r requirements-local.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed-local
	@echo "Installing what the tests need into $(VENV) …"
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
