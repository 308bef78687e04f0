# Everything a newcomer needs: `make run` and `make test`. No root, no uv, no Docker needed.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
export PORT
# Under a charset without its letters Python does not start in a folder like «Құжаттар».
export LC_ALL := C.UTF-8

.DEFAULT_GOAL := help
.PHONY: help run test check bench messages sites setup clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

run: setup ## set up everything and serve the portal with demo data on port 8000 (PORT=…)
	@exec $(VENV)/python -m aiqyn_portal

test: setup-test ## everything: style, types, layers, tests on SQLite and PostgreSQL, the browser
	@exec $(VENV)/python -m tools.run_tests test

check: setup-test ## the quick half: ruff, mypy, import-linter, message catalogues
	@exec $(VENV)/python -m tools.run_tests check

bench: setup-test ## all benchmarks, side by side with peers; results in bench/results/
	@exec bash bench/run.sh

messages: setup-test ## bring the message catalogues up to date with the sources
	@exec $(VENV)/python -m tools.messages

sites: setup-test ## write the example sites anew from their texts and templates
	@exec $(VENV)/python -m tools.example_sites

clean: ## remove what set-up and tests have made; keeps var/ (database and evidence)
	rm -rf .venv .cache .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: setup-test has-python
setup: has-python
	@$(PYTHON) tools/bootstrap.py run

setup-test: has-python
	@$(PYTHON) tools/bootstrap.py test

has-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed: apt-get install python3, or make … PYTHON=/path/to/python3"; exit 1; }
