# Everything is set up in .venv by the first target that needs it; python3.11 or newer and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test check bench crash lock clean

setup: $(VENV)/.ready

# What an attempt without python3-venv or pip left behind is made anew.
# The lock file names every package with its hash; the project itself is linked in, built by the locked hatchling.
$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Paperwire needs Python 3.11 or newer; choose one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
		{ echo "$(VENV) cannot be made. On Debian and Ubuntu: sudo apt-get install $(notdir $(PYTHON))-venv; then this again." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## A day's papers in this terminal: sample feed, nothing to configure
	@$(BIN)/paperwire demo

# Tests wait more than they compute, so there are more workers than cores; one test alone is quicker without any.
WORKERS ?= 4

test: setup  ## The tests
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

check: setup  ## Style, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: setup $(VENV)/.bench-ready  ## The benchmark, with the rivals; e.g. make bench ARGUMENTS=--quick
	@$(BIN)/python -m bench $(ARGUMENTS)

crash: setup  ## Kill the service, and answer it oddly; e.g. make crash ARGUMENTS="--answers 10000 --platform slack --seed 1"
	@$(BIN)/python -m tests.crash $(ARGUMENTS)

$(VENV)/.bench-ready: requirements-bench.lock $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

lock:  ## Choose the newest allowed version of every dependency (needs uv)
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --group build -o requirements-build.lock
	$(COMPILE) --constraint requirements.lock --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --constraint requirements.lock --group bench pyproject.toml -o requirements-bench.lock
	$(COMPILE) --group browse -o requirements-browse.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
