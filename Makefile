# `make run` and `make test` do all the set-up; `make check` reads the house rules out.
# Stamps inside .venv remember what is installed, so that nothing is done twice.

.DEFAULT_GOAL := help
.PHONY: help run test check translations catalogues lock assets clean

BIN := .venv/bin
# The first Python that is new enough: the one on the path, or a named one beside it.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYBABEL := $(BIN)/pybabel -q
WORDS := workshop/translations
POT := $(WORDS)/messages.pot
PO := $(wildcard $(WORDS)/*/LC_MESSAGES/messages.po)

help:
	@echo "make run           set up, tell the demo stories, start the server and print the links"
	@echo "make test          set up and run every test"
	@echo "make check         every check as a list: style, types, floors, templates, words, rules"
	@echo "make translations  gather the sentences of the product into its catalogues"
	@echo "make catalogues    add to every language the sentences that it has no words for yet"
	@echo "make lock          choose newer versions of what we depend on"
	@echo "make clean         take away everything that was built; the database in var/ stays"

run: .venv/.runtime assets $(PO:.po=.mo)
	@$(BIN)/longtable demo

test: .venv/.dev assets $(PO:.po=.mo)
	@$(BIN)/python -m pytest -q $(TESTS)

check: .venv/.dev assets $(PO:.po=.mo)
	@$(BIN)/python -m tests.house.check

assets: .venv/.runtime
	@$(BIN)/python -m workshop.assets

translations: .venv/.runtime
	@mkdir -p $(WORDS)
	$(PYBABEL) extract -F babel.cfg -k N_ -k lazy_gettext --no-location --sort-output --omit-header -o $(POT) .

# For whoever translates: a catalogue holds what is translated, and this adds what is not yet.
catalogues: translations
	@for po in $(PO); do $(PYBABEL) update --no-fuzzy-matching -i $(POT) -o $$po -l \
		$$(basename $$(dirname $$(dirname $$po))) || exit 1; done

%.mo: %.po .venv/.runtime
	@$(PYBABEL) compile -i $< -o $@

lock: .venv/.dev
	$(PIP) uv
	$(BIN)/uv pip compile -q --upgrade $(LOCK) --group build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --upgrade $(LOCK) --group build --extra dev --extra postgres \
		-c requirements.lock -o requirements-dev.lock pyproject.toml

LOCK := --universal --python-version 3.11 --no-header --no-emit-index-url --generate-hashes

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Longtable needs Python 3.11 or newer. Please install it first."; exit 1; }
	@$(PYTHON) -m venv .venv

# Assets come before the project itself: its build hook then finds them made.
.venv/.runtime: requirements.lock pyproject.toml hatch_build.py | .venv/bin/python
	@echo "Installing what Longtable needs. This takes a minute the first time."
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m workshop.assets
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Installing what the tests need."
	@$(PIP) -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv node_modules static/dist dist .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache .pytest_cache
	find workshop tests app.py -name __pycache__ -prune -exec rm -rf {} +
	find workshop -name '*.mo' -delete
