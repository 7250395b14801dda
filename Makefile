# Greenlane. 'make run' serves the site, 'make test' passes all tests; both build what they need. 'make help' lists the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
export PORT
BIN := .venv/bin
# the same command writes both locks, so that the site and its tests run on the same versions
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --group build

.PHONY: help run test check bench demo-reset lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.installed ## serve the demonstration programme on PORT (8000), with a sign-in link for each office
	@exec $(BIN)/greenlane demonstration serve

test: .venv/.installed-dev ## pass all tests: SQLite, PostgreSQL, a real browser, then everything in 'make check'
	@exec $(BIN)/python -m tests.run_all

check: .venv/.installed-dev ## lint, format, types and architecture only
	@exec $(BIN)/python -m tests.run_all check

bench: .venv/.installed-dev ## time the product and print the figures
	@exec $(BIN)/python -m benchmarks

demo-reset: ## throw the demonstration away; the next 'make run' builds it again
	rm -rf var/demonstration

lock: .venv/.installed-dev ## resolve the dependencies again, within pyproject.toml (UPGRADE=--upgrade takes newer ones)
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(COMPILE) $(UPGRADE) --group pyproject.toml:peers -o requirements-peers.lock

clean: ## remove the environment, caches and test results; keeps var/, which holds data
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage test-results dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: requirements.lock pyproject.toml tools/environment
	@tools/environment run

.venv/.installed-dev: requirements-dev.lock pyproject.toml tools/environment
	@tools/environment dev
