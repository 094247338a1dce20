# Every target sets up what it needs, given Python 3.11 or later and a package registry.
# ARGS goes to the command behind a target: make run ARGS="--help", make test ARGS="-k period".
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check format check-format lint types soak bench eval screenshot browser clean

VENV := $(or $(UV_PROJECT_ENVIRONMENT),.venv)
BIN := $(VENV)/bin
LOCKED := uv.lock pyproject.toml

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.ready-run ## Serve the page; the first start builds the demo shop
	@$(BIN)/python app.py $(ARGS)

test: $(VENV)/.ready-dev browser ## Run the whole test suite
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not soak" $(ARGS)

check: check-format lint types test ## Check everything: format, lint, types, contracts, size budget, tests

format: $(VENV)/.ready-dev ## Format the code and mend what lint can
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

check-format: $(VENV)/.ready-dev ## Check the format
	@$(BIN)/ruff format --check .

lint: $(VENV)/.ready-dev ## Lint, and check who imports whom
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo --no-cache

types: $(VENV)/.ready-dev ## Check the types, strictly
	@$(BIN)/mypy

soak: $(VENV)/.ready-dev browser ## Run the tests that take long
	@$(BIN)/python -m pytest -m soak --timeout 0 $(ARGS)

bench: $(VENV)/.ready-dev ## Measure: planning, values, compiled SQL, building the shop, a cold start, ten people at once
	@$(BIN)/python -m tests.bench $(ARGS)

eval: $(VENV)/.ready-dev ## Ask the questions in $WENSHU_EVAL_DATA and our own, score the answers
	@PLANNER=$(PLANNER) $(BIN)/python -m tests.eval $(ARGS)

screenshot: $(VENV)/.ready-dev browser ## Take the picture of the page that the README shows
	@$(BIN)/python -m tests.browser.screenshot

browser:
	@sh scripts/browser.sh

clean: ## Remove the environment, caches and the demo shop
	@rm -rf .venv .uv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.ready-run: $(LOCKED)
	@sh scripts/setup.sh --no-dev --inexact
	@touch $@

$(VENV)/.ready-dev: $(LOCKED)
	@sh scripts/setup.sh
	@touch $@ $(VENV)/.ready-run
