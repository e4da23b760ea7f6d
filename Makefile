# The two commands are `make run` and `make test`; everything a machine lacks, they install.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
BACKMICE := edu/content/back-mice
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check lint scripts ready format bench soak assets words videos system clean

help:  ## What each target does
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: $(BIN)/edu assets  ## Start the site with its course on http://127.0.0.1:8000
	@$(BIN)/edu run

test:  ## Run every check, as CI does
	@$(MAKE) --no-print-directory -j 2 ready
	@$(MAKE) --no-print-directory -j 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) lint scripts
	@EDU_CORPUS_REQUIRED=$${EDU_CORPUS_REQUIRED:-$$(test -d ../shared/corpus && test -n "$$CI" && echo 1)} \
		$(BIN)/python -m pytest -q -n 2 --dist loadfile --durations=12 tests

check: lint scripts  ## Lint, format, types and the tests that need no browser
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not browser and not slow" tests

lint: $(VENV)/.dev node_modules/.ready  ## ruff, mypy and tsc
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@npm run --silent check

scripts: node_modules/.ready
	@npm run --silent test

ready: $(VENV)/.dev system

format: $(VENV)/.dev  ## Bring the code into the house's form
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .

bench: $(VENV)/.dev assets  ## Print the budgets as measured here, as ratios where machines differ
	@$(BIN)/python tests/bench/run.py

soak: $(VENV)/.dev  ## Kills and fuzz at full size, and every page on each database
	@SOAK_KILLS=$${SOAK_KILLS:-100} $(BIN)/python -m pytest -q tests/edu/queue -k killing
	@EDU_TEST_DATABASES=sqlite,postgresql $(BIN)/python -m pytest -q -n 2 --dist loadfile tests/edu/web tests/edu/jobs tests/edu/services
	@SOAK_CORPUS=1 $(BIN)/python -m pytest -q -n 2 tests/media/test_corpus_table_more.py
	@SOAK_WEB_KILLS=$${SOAK_WEB_KILLS:-200} $(BIN)/python -m pytest -q tests/system/test_answers_kept.py
	@SOAK_EXAMPLES=$${SOAK_EXAMPLES:-3000} $(BIN)/python -m pytest -q tests/captions/test_hostile.py

assets: edu/static/vendor/.built  ## Bring the third-party scripts that the pages use

words: $(VENV)/.dev  ## Bring the catalogues of the interface up to date with templates and code
	@$(BIN)/python -m edu.translations.updating

videos:  ## Draw the bundled videos anew (the script says which speech packages it needs)
	@$(BACKMICE)/drawing/make

system: $(VENV)/.made  # npm may come with the packages, and both of the others use it
	@tests/system-packages
	@$(MAKE) --no-print-directory node_modules/.ready
	@$(MAKE) --no-print-directory assets

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed, and $(PYTHON) is older"; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.txt
	@echo "Installing what edu needs (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(BIN)/edu: $(VENV)/.runtime
	@printf '#!%s\nimport sys\nsys.path.insert(0, "%s")\nfrom edu.cli import main\nsys.exit(main())\n' \
		"$(CURDIR)/$(BIN)/python" "$(CURDIR)" > $@
	@chmod +x $@

edu/static/vendor/.built: package.json package-lock.json edu/deploy/assets.mjs edu/deploy/assets
	@edu/deploy/assets

node_modules/.ready: package.json package-lock.json
	@echo "Installing the tools that check the scripts"
	@npm ci --no-audit --no-fund --silent
	@touch $@

clean:  ## Remove what was built; the data folder stays
	@rm -rf $(VENV) node_modules edu/static/vendor build .mypy_cache .ruff_cache .pytest_cache
