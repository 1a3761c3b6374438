# crm-tui: the commands of the house. Plain make (GNU or BSD), python3 with venv, and git are enough.
#
#   make run            set up on the first call, then start (make run ARGS="--db other.db")
#   make demo           the same with the demonstration data
#   make test lint      what CI runs
#   make texts          bring the catalogues in step with the code
#   make bench shots    measure; take the pictures of docs/pictures
#   make growth         how the waits grow up to 100,000 cards and a million people: docs/pictures/growth.svg
#   make soak           forty operators by keys on one file for half an hour (ARGS="--terminals 8 --seconds 60")
#   make faults         a disk that refuses, a kill: at each of the first 200 writes of each command (half an hour)
#   make fuzz           damage 500 database files; play hostile lines, words, names, files (ARGS="--only csv,ics")
#   make bite           take each defence out, one line at a time: a named test must notice
#
# Stamps under .venv make a second call start at once. Nothing here asks a question.

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
ARGS =
FILES =
# Three times the cores of a small machine: half of a test of the terminal is waiting for it.
WORKERS = 6
READY = $(VENV)/.ready
DEV = $(VENV)/.dev
LOCALE = crm_tui/i18n/locale/pt_BR/LC_MESSAGES/crm
UV = UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy $(BIN)/uv

# Python without the variable that forbids bytecode: an uncompiled start takes three times as long.
COMPILE = unset PYTHONDONTWRITEBYTECODE; $(BIN)/python -m compileall -q

.PHONY: help setup run demo test lint format bench growth bite faults fuzz soak shapes texts shots wheel clean

help:
	@sed -n '/^#   make/s/^# //p' Makefile

setup: $(READY)

$(VENV)/.made: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "crm-tui needs Python 3.11 or later, and $(PYTHON) is older or missing: make setup PYTHON=python3.12" >&2; \
	    exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv is missing: on Debian, apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

$(READY): $(VENV)/.made pyproject.toml uv.lock hatch_build.py catalogues.py $(LOCALE).po
	@echo "installing into $(VENV)"
	@$(UV) sync --quiet --locked --inexact --no-dev --group build --python $(BIN)/python
	@$(BIN)/python catalogues.py compile
	@$(COMPILE) crm_tui
	@$(COMPILE) -j 0 $(VENV)/lib || echo "some library files did not compile; they are read as source" >&2
	@touch $@

# What tests, measures and looks at the code: who only runs the program is spared it (three quarters of the room).
$(DEV): $(READY)
	@$(UV) sync --quiet --locked --inexact --python $(BIN)/python
	@touch $@

# Sources newer than the stamp (a pull, an edit) are compiled before the start.
run: $(READY)
	@if [ -n "`find crm_tui -name '*.py' -newer $(READY) | head -n 1`" ]; then \
	  ($(COMPILE) crm_tui) && touch $(READY); fi
	@exec $(BIN)/crm-tui $(ARGS)

demo:
	@$(MAKE) run ARGS="demo $(ARGS)"

test: $(DEV)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(DEV)
	$(BIN)/python -m bench.run $(ARGS)

growth: $(DEV)
	$(BIN)/python -m bench.growth $(ARGS)

soak: $(DEV)
	$(BIN)/python -m tests.tools.operators --terminals 40 --seconds 1800 --pace 10 $(ARGS)

faults: $(DEV)
	$(BIN)/python -m tests.tools.refusals $(ARGS)

fuzz: $(DEV)
	$(BIN)/python -m tests.tools.damage $(FILES)
	$(BIN)/python -m tests.tools.fuzzing $(ARGS)

bite: $(DEV)
	$(BIN)/python -m tests.tools.bites $(ARGS)

shapes: $(DEV)
	$(BIN)/python -m crm_tui.store.tables.declared

texts: $(DEV)
	$(BIN)/python catalogues.py

shots: $(DEV)
	docs/pictures/take $(ARGS)

wheel: $(READY)
	@$(UV) build --quiet --wheel --out-dir dist

clean:
	rm -rf $(VENV) dist .bench .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
