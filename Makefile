# `make call` and `make test` are all a newcomer needs; `make check` is the whole gate.
PYTHON ?= python3
BIN := .venv/bin
CORE := .venv/.core
READY := .venv/.ready
NODE_APPS := tests/harness/apps/node
EXPRESS := $(NODE_APPS)/node_modules/.ready

.PHONY: call test check gate audit format bench chaos fuzz clean

call: $(CORE)
	@$(BIN)/ivr call

# Each worker, and each process that a test starts, would else compile every module anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(READY) $(EXPRESS)
	$(BIN)/pytest -n auto --dist worksteal

check: gate test

gate: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/ivr check
	@$(MAKE) --no-print-directory audit

# Known weaknesses of the dependencies, asked of PyPI where it can be asked.
audit: $(READY)
	@if $(BIN)/python -c "import urllib.request; urllib.request.urlopen('https://pypi.org/pypi/pip/json', timeout=5)" 2>/dev/null; \
	then $(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip --progress-spinner off; \
	else echo "PyPI's advisories cannot be reached: the dependencies are not audited"; fi

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python -m benchmarks

chaos: $(READY)
	IVR_CHAOS_CALLS=1000 $(BIN)/pytest -q -s tests/chaos/test_kills.py

fuzz: $(READY)
	IVR_FUZZ_REQUESTS=100000 $(BIN)/pytest -q -n 0 --hypothesis-show-statistics tests/webhooks/test_fuzz.py

clean:
	rm -rf .venv $(NODE_APPS)/node_modules

# What a call needs, and then what the tests and the tools need beside it.
$(CORE): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $(CORE)

$(READY): $(CORE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

# Some applications that the tests call are on Express. Without node, npm or the network their tests are skipped.
$(EXPRESS): $(NODE_APPS)/package.json
	@(command -v npm >/dev/null && npm install --silent --prefix $(NODE_APPS) && touch $(EXPRESS)) \
		|| echo "Express could not be installed with npm: the tests of Express applications will be skipped"
