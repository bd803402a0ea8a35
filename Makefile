IN = .venv/bin/
PIP = $(IN)python -m pip --disable-pip-version-check
# Wheels only: building a source distribution would download build tools that are not locked.
COMPILE = $(IN)uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --emit-build-options --custom-compile-command 'make lock' $(UPGRADE)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/made-by ## check the register in partnerships/ as at today
	@$(IN)kpf check || { status=$$?; test $$status -eq 1 || exit $$status; } # 1: the check ran and found something

# The quick checks cover all files. The tests are those listed in pyproject.toml under mutmut.
quick: .venv/made-by ## check format, lint, types and layers, and run the fast tests, in under a minute
	@$(IN)ruff format --check --output-format concise .
	@$(IN)ruff check --quiet .
	@$(IN)lint-imports --no-logo
	@$(IN)mypy --no-error-summary
	@$(IN)python -m pytest --quiet --numprocesses auto $$($(IN)python -m tools.fast)

ifeq ($(origin T),command line)
test: .venv/made-by
	@$(IN)python -m pytest $(T)
else
test: .venv/made-by ## run all checks and tests, the quick ones first (T=tests/rules: only the tests there)
	@echo '== layout: ruff format'
	@$(IN)ruff format --check --output-format concise .
	@echo '== lint: ruff check'
	@$(IN)ruff check .
	@echo '== locked is what pyproject.toml asks for: pip check'
	@$(PIP) check
	@echo '== layers: import-linter'
	@$(IN)lint-imports --no-logo
	@echo '== types: mypy'
	@$(IN)mypy
	@echo '== tests, one of them on the built wheel: pytest'
	@$(IN)python -m pytest --numprocesses auto --dist worksteal
endif

# Separate from `make test`, because measuring coverage more than doubles the time.
cover: .venv/made-by ## run the tests and require a coverage, with branches, of 95% in all and 90% of each module
	@$(IN)coverage erase
	@$(IN)coverage run -m pytest --numprocesses auto --dist worksteal
	@$(IN)coverage combine --quiet
	@$(IN)coverage report
	@$(IN)coverage json --quiet -o - | $(IN)python tests/coverage_gate.py

format: .venv/made-by ## format the code, and fix what ruff can fix
	@$(IN)ruff check --quiet --fix-only .
	@$(IN)ruff format .

generate: .venv/made-by ## generate docs/, schemas/ and the framework's JSON from their sources
	@$(IN)python -m tools.framework_data
	@$(IN)python -m tools.generate

# requirements.txt is the lock file of kpf. The others list what `make mutants` needs in addition, and what a release
# needs.
LOCKED_ALREADY = $$(sed -nE 's/^([a-z0-9._-]+)(\[[a-z,]+\])?==.*/--no-emit-package \1/p' requirements.txt)
lock: .venv/bin/uv ## update the lock files after a change in pyproject.toml (UPGRADE=--upgrade: to the newest versions)
	@$(COMPILE) --all-extras --group dev --output-file requirements.txt pyproject.toml
	@$(COMPILE) --all-extras --group dev --group mutants --constraint requirements.txt $(LOCKED_ALREADY) \
		--output-file requirements-mutants.txt pyproject.toml
	@$(COMPILE) --group release --constraint requirements.txt --output-file requirements-release.txt
	@for name in python native; do $(COMPILE) --output-file benchmarks/peers/$$name.txt benchmarks/peers/$$name.in || exit 1; done

others: tests/node/node_modules/.package-lock.json .wheels/made-by ## install other programs that some tests compare kpf with; without them these tests are skipped

# Install scripts do not run, so the one program in the packages has to be made executable.
tests/node/node_modules/.package-lock.json: tests/node/package.json tests/node/package-lock.json
	@command -v npm >/dev/null || { echo 'There is no npm here: install Node.js (Debian, Ubuntu: apt-get install nodejs npm).'; exit 1; }
	@npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --silent
	@chmod u+x tests/node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
	@touch $@

# The wheels needed to run and build kpf, so that tests that install it do not need the network.
.wheels/made-by: .venv/made-by
	@rm -rf .wheels
	@$(PIP) download -qq --only-binary :all: --require-hashes --dest .wheels --requirement requirements.txt
	@touch $@

fuzz: .venv/made-by ## run every command and the reader on many broken registers (TIMES=50: the factor to make test; takes minutes)
	@KPF_EXAMPLES=$(or $(TIMES),50) $(IN)python -m pytest -q tests/cli/test_any_command.py tests/test_any_register.py tests/document/test_any_input.py tests/since/test_any_change.py

bench: benchmarks/peers/made-by ## compare the speed of kpf with other programs (SIZES="13 1000": only registers of these sizes)
	@$(IN)python -m benchmarks $(SIZES)

# Each has its own environment, because two of them have the same name.
benchmarks/peers/made-by: .venv/made-by benchmarks/peers/python.txt benchmarks/peers/native.txt benchmarks/peers/package-lock.json
	@command -v npm >/dev/null || { echo 'There is no npm here: install Node.js (Debian, Ubuntu: apt-get install nodejs npm).'; exit 1; }
	@for name in python native; do \
		$(IN)python -m venv --clear benchmarks/peers/$$name && \
		benchmarks/peers/$$name/bin/python -m pip --disable-pip-version-check install -qq --require-hashes --only-binary :all: \
			-r benchmarks/peers/$$name.txt || exit 1; \
	done
	@npm ci --prefix benchmarks/peers --ignore-scripts --no-audit --no-fund --silent
	@touch $@

mutants: .venv-mutants/made-by ## make small changes to kpf and list those that no test detects (MODULE=kpf.dates: one module; takes minutes)
	@.venv-mutants/bin/python -m tools.undecorated .mutants $(MODULE)
	@cd .mutants && ../.venv-mutants/bin/mutmut run $(if $(MODULE),'$(MODULE).*')
	@cd .mutants && ../.venv-mutants/bin/mutmut results

# A separate environment, because nothing else needs these packages.
.venv-mutants/made-by: requirements.txt requirements-mutants.txt pyproject.toml
	@"$(PYTHON)" -m venv --clear .venv-mutants
	@.venv-mutants/bin/python -m pip --disable-pip-version-check install -qq --no-compile --require-hashes \
		-r requirements.txt -r requirements-mutants.txt
	@touch $@

clean: ## remove .venv and all other generated files
	rm -rf .venv .venv-mutants .mutants .wheels tests/node/node_modules dist \
		benchmarks/peers/made-by benchmarks/peers/python benchmarks/peers/native benchmarks/peers/node_modules \
		.coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python given by name (`make test PYTHON=python3.13`) replaces a .venv made with another one.
ifdef PYTHON
ifneq ($(shell cat .venv/made-by 2>/dev/null),$(PYTHON))
.venv/made-by: FORCE
endif
endif
PYTHON ?= python3

# Without compiled bytecode kpf starts half as fast, and some systems do not let Python write any. So kpf is compiled
# here, and a first check compiles the libraries that it imports. The target is written last, so that an incomplete
# .venv is made again.
.venv/made-by: requirements.txt pyproject.toml
	@command -v "$(PYTHON)" >/dev/null \
		|| { echo 'There is no $(PYTHON) here: PYTHON=... names the Python to use, 3.11 or newer.'; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'kpf needs Python 3.11 or newer, and $(PYTHON) is older: PYTHON=... names another.'; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo '$(PYTHON) lacks its venv module: install that first (Debian, Ubuntu: apt-get install python3-venv).'; exit 1; }
	@echo 'Making .venv from requirements.txt: about half a minute, this once.'
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install -qq --no-compile --require-hashes -r requirements.txt
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@$(IN)python -m compileall -q kpf
	@PYTHONDONTWRITEBYTECODE= $(IN)kpf check --register examples/aldermere --fail-on never --format json=/dev/null
	@echo '$(PYTHON)' > $@

# `make lock` needs only uv. With .venv as its prerequisite it would first rebuild .venv from the old lock file.
.venv/bin/uv:
	@$(MAKE) .venv/made-by

FORCE:

.PHONY: help run quick test cover format generate lock others bench mutants clean FORCE fuzz
