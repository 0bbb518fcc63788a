# Everything sets itself up: a virtual environment in .venv, from the package index, at the locked versions.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint bench bench-record setup floors train fmt lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    read the bundled articles and show who said what"
	@echo "make test    lint, type-check and run every test"
	@echo "make lint    ruff, mypy --strict, import contracts"
	@echo "make bench   measure speed and memory against a named reference"
	@echo "make bench-record  fill a record with a million statements and search it (ten minutes, 2 GB)"
	@echo "make floors  accuracy on the annotated corpus, with its floors (if the corpus is there)"
	@echo "make train   train extractor, acts and stances anew (two hours; needs the corpus and PyTorch)"
	@echo "make fmt     format; make setup: only the environment; make lock: resolve the versions anew; make clean"

setup: $(STAMP)

$(STAMP): pyproject.toml requirements-dev.lock src/qawl/version.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements-dev.lock -e '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/qawl demo

lint: setup
	$(BIN)/ruff check src tests bench training
	$(BIN)/ruff format --check src tests bench training
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	@PYTHON=$(BIN)/python tools/postgres.sh
	$(BIN)/pytest

bench: setup
	$(BIN)/python bench/reading.py

bench-record: setup
	OPENBLAS_NUM_THREADS=1 $(BIN)/python bench/record.py

floors: setup
	@$(BIN)/python bench/floors.py

# Where the annotated corpus is. The number of threads is part of the recipe: others give slightly other weights.
CORPUS ?= ../shared/corpus
train: setup
	@test -f $(CORPUS)/train.jsonl || { echo "no $(CORPUS)/train.jsonl; give the corpus: make train CORPUS=PATH"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'torch==2.13.0'
	$(BIN)/python training/extractor/train.py --corpus $(CORPUS) --annotations training/annotations/extra.jsonl \
		--out src/qawl/data/extractor.npz --threads 2
	cd training && ../$(BIN)/python train_positions.py $(abspath $(CORPUS)) ../src/qawl/data --threads 2

fmt: setup
	$(BIN)/ruff check --fix src tests bench training
	$(BIN)/ruff format src tests bench training

# The lock names versions only; it is resolved anew from pyproject.toml.
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet '.[dev]'
	.venv-lock/bin/pip freeze --exclude qawl > requirements-dev.lock
	rm -rf .venv-lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
