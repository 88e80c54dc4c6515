# What can be done in this folder. `make` alone prints the list below.
# Every target makes `.venv` ready first (see scripts/setup.py); when it is, that costs a fraction of a second.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

# Qt draws into memory wherever nobody looks at the screen.
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.DEFAULT_GOAL := help
.PHONY: help setup setup-windows setup-screen run demo test check bench attack torture look keys migrate words format lock package

help:  ## Print this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-14s %s\n' "$$name" "$$what"; done

run: setup-screen  ## Open the desk in a window
	@$(VENV_PYTHON) -m referral_desk

demo: setup  ## See a whole case, from the first word to the letter that leaves, without a window
	@$(VENV_PYTHON) scripts/demo.py

test: setup-windows  ## Run all tests; only="tests/test_journeys.py -k return" runs some
	@$(OFFSCREEN) $(VENV_PYTHON) -m tests.recorder.watching $(or $(only),--numprocesses 2 --dist loadfile)

check: setup-windows  ## Formatting, lint, types, and which part may know which
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m mypy
	@$(OFFSCREEN) $(VENV_PYTHON) -m pytest tests/test_architecture.py

format: setup  ## Put the code into the common form
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix --quiet .

bench: setup-windows  ## Measure what must stay fast
	@$(OFFSCREEN) $(VENV_PYTHON) -m tests.benchmarks

attack: setup  ## Try to find persons in published figures; only="--sizes 200 --seeds 2" for less
	@$(VENV_PYTHON) -m tests.attack $(only)

torture: setup-windows  ## Kill, cut the power, flip bits, fill the disk: nothing acknowledged may be lost
	@$(OFFSCREEN) $(VENV_PYTHON) -m tests.torture

look: setup-windows  ## Take pictures of all windows, to be looked at
	@$(OFFSCREEN) $(VENV_PYTHON) -m scripts.look $(only)

keys: setup-windows  ## Record a whole case by key presses on a virtual screen, with a picture of every page
	@$(VENV_PYTHON) -m scripts.look keys

migrate: setup  ## Write the migration that new questions need: make migrate m="ask about shoe size"
	@$(VENV_PYTHON) scripts/migrate.py "$(m)"

words: setup  ## Collect every text for the translators
	@$(VENV_PYTHON) scripts/words.py

package: setup  ## Make what is carried to a laptop without a connection; it lands in dist/
	@$(VENV_PYTHON) -m scripts.package

setup:  ## Only make everything ready
	@$(PYTHON) scripts/setup.py

setup-windows:
	@$(PYTHON) scripts/setup.py --windows

setup-screen:
	@$(PYTHON) scripts/setup.py --screen

# Versions stay as they are unless a .in file forbids them; upgrade="--upgrade" takes the newest of all.
LOCK := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-config \
	--no-header --no-emit-index-url --no-emit-find-links $(upgrade)

lock: setup  ## Write the requirements files anew from the .in files
	@$(VENV_PYTHON) -m pip install --quiet uv
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) packaging/requirements.in --output-file packaging/requirements.txt
