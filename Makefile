# What can be done here. Python 3.11 or newer, git and make are all that is needed beforehand.

PY := .venv/bin/python
FLASK := $(PY) -m flask --app wsgi
# Arguments for one command: make test ARGS="-k workflow", make shots ARGS="--only postings --quick"
ARGS ?=
# How many tests at a time
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help run reset test quick coverage check fix shots bench attack keep lock venv venv-dev

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: venv ## Set up what is missing, then start web and scheduler; prints the address and who can sign in
	@$(PY) -m tools.serve

reset: ## Delete the database and the uploaded files of this checkout, after asking
	@python3 -m tools.reset

test: venv-dev ## Run the whole suite, on SQLite and on PostgreSQL
	@$(PY) -m tools.suite --jobs $(JOBS) $(ARGS)

quick: venv-dev ## Run the tests that a change touches, in less than a minute
	@$(PY) -m tools.suite --quick --jobs $(JOBS) $(ARGS)

coverage: venv-dev ## Run the whole suite and measure how much of the product it runs; less than before fails
	@$(PY) -m tools.suite --coverage --jobs $(JOBS) $(ARGS)

check: venv-dev ## Lint, format, types, imports, templates, dependencies, translations, generated documents
	@$(PY) -m tools.check

fix: venv-dev ## Repair what the linter and the formatter can repair, write generated documents
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet . ; $(FLASK) docs

shots: venv-dev ## Open every page of every role in a browser, keep pictures in build/shots/, report what is wrong
	@$(PY) -m tools.shots $(ARGS)

bench: venv-dev ## Measure every page beside a bare one, files, reminders, memory (ARGS="--size S --only sqlite")
	@$(PY) -m tools.bench $(ARGS)

attack: venv-dev ## Attack the product: hostile texts and files, with figures (ARGS="--only patterns")
	@$(PY) -m tools.attack $(ARGS)

keep: venv-dev ## At a release: keep the demo bank of this version for the tests that upgrade it, freeze its migrations
	@$(PY) -m tools.keep_database $(ARGS)

lock: venv-dev ## Compile requirements*.in to the locks (ARGS=--upgrade for newer versions)
	@tools/lock.sh $(ARGS)

venv:
	@tools/setup.sh run

venv-dev:
	@tools/setup.sh dev
