# 三晋先锋: `make help` lists the commands. Nothing here needs more than Python 3.11, git and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
WORKERS ?= 2
ARGS ?=

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

.PHONY: demo
demo: ## the whole house on this machine, with the sample province (PORT=8000)
	@tools/environment demo
	@exec $(PY) -m sanjin.local.demo

.PHONY: stop
stop: ## end a demo that runs elsewhere
	@$(PY) -m sanjin.local.demo --stop

.PHONY: test
test: dev ## every test, browser tests included
	@$(PY) -m pytest -n $(WORKERS) $(ARGS)

.PHONY: check
check: dev ## lint, format, types, layers, migrations, production settings, vendored files
	@$(PY) tools/check.py $(ARGS)

.PHONY: promise
promise: dev ## the promise, row by row (F01–F50)
	@$(PY) -m pytest -n $(WORKERS) -m promise --promise $(ARGS)

.PHONY: oracle
oracle: dev ## the stateful oracle of points and roll-up, with many more examples
	@HYPOTHESIS_PROFILE=oracle $(PY) -m pytest -m oracle $(ARGS)

.PHONY: bench
bench: dev ## benchmarks, side by side with their floors (a province: several minutes)
	@$(PY) -m bench $(ARGS)

.PHONY: format
format: dev ## put the code into the project's format
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .

.PHONY: deps
deps: ## renew every pin from requirements*.in
	@$(PY) tools/deps.py

.PHONY: clean
clean: ## remove the demo's data and every cache (not .venv)
	@[ ! -x $(PY) ] || $(PY) -m sanjin.local.demo --stop
	@rm -rf .local staticfiles .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache

.PHONY: dev
dev:
	@tools/environment dev
