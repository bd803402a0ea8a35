IN = .venv/bin/
PIP = $(IN)python -m pip --disable-pip-version-check
# Wheels only: a source distribution would fetch tools of its own to build with, which nothing locks.
COMPILE = $(IN)uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --emit-build-options --custom-compile-command 'make lock' $(UPGRADE)

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/made-by ## check the register in partnerships/ as at today
	@$(IN)kpf check || { status=$$?; test $$status -eq 1 || exit $$status; } # 1: it did its job, and found something

# What is quick: it looks at everything, and runs the tests that hold what decides (pyproject.toml, under mutmut).
quick: .venv/made-by ## layout, lint, types, layers and the fast tests, in under a minute
	@$(IN)ruff format --check --output-format concise .
	@$(IN)ruff check --quiet .
	@$(IN)lint-imports --no-logo
	@$(IN)mypy --no-error-summary
	@$(IN)python -m pytest --quiet --numprocesses auto $$($(IN)python -m tools.fast)

ifeq ($(origin T),command line)
test: .venv/made-by
	@$(IN)python -m pytest $(T)
else
test: .venv/made-by ## all that guards the project, the quick things first (T=tests/rules: only the tests there)
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

# Apart from `make test`, because following each line makes the tests take more than twice as long.
cover: .venv/made-by ## run the tests and hold what they cover, branches included: 95% of all, 90% of each module
	@$(IN)coverage erase
	@$(IN)coverage run -m pytest --numprocesses auto --dist worksteal
	@$(IN)coverage combine --quiet
	@$(IN)coverage report
	@$(IN)coverage json --quiet -o - | $(IN)python tests/coverage_gate.py

format: .venv/made-by ## lay out the code, and put right what ruff can
	@$(IN)ruff check --quiet --fix-only .
	@$(IN)ruff format .

generate: .venv/made-by ## write docs/, schemas/ and the framework's JSON anew from what they are made of
	@$(IN)python -m tools.framework_data
	@$(IN)python -m tools.generate

# requirements.txt is the lock of kpf; of the others one holds what `make mutants` needs on top of it,
# and one what a release needs.
LOCKED_ALREADY = $$(sed -nE 's/^([a-z0-9._-]+)(\[[a-z,]+\])?==.*/--no-emit-package \1/p' requirements.txt)
lock: .venv/bin/uv ## write the lock anew after a change in pyproject.toml (UPGRADE=--upgrade: with all at its newest)
	@$(COMPILE) --all-extras --group dev --output-file requirements.txt pyproject.toml
	@$(COMPILE) --all-extras --group dev --group mutants --constraint requirements.txt $(LOCKED_ALREADY) \
		--output-file requirements-mutants.txt pyproject.toml
	@$(COMPILE) --group release --constraint requirements.txt --output-file requirements-release.txt
	@for name in python native; do $(COMPILE) --output-file benchmarks/peers/$$name.txt benchmarks/peers/$$name.in || exit 1; done

others: tests/node/node_modules/.package-lock.json .wheels/made-by ## get what others wrote and some tests hold kpf against; without it they are skipped

# Nothing that comes along is run by installing it; the one program among them only lacks its mark of being one.
tests/node/node_modules/.package-lock.json: tests/node/package.json tests/node/package-lock.json
	@command -v npm >/dev/null || { echo 'There is no npm here: install Node.js (Debian, Ubuntu: apt-get install nodejs npm).'; exit 1; }
	@npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --silent
	@chmod u+x tests/node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
	@touch $@

# What kpf needs to run and to be built is among them, so that the tests which install it reach no registry.
.wheels/made-by: .venv/made-by
	@rm -rf .wheels
	@$(PIP) download -qq --only-binary :all: --require-hashes --dest .wheels --requirement requirements.txt
	@touch $@

fuzz: .venv/made-by ## try many broken registers on every command and the reader (TIMES=50: so many times what make test tries; minutes)
	@KPF_EXAMPLES=$(or $(TIMES),50) $(IN)python -m pytest -q tests/cli/test_any_command.py tests/test_any_register.py tests/document/test_any_input.py tests/since/test_any_change.py

bench: benchmarks/peers/made-by ## measure kpf beside other programs (SIZES="13 1000": on registers of these sizes only)
	@$(IN)python -m benchmarks $(SIZES)

# Each in an environment of its own: two of them are called by the same name.
benchmarks/peers/made-by: .venv/made-by benchmarks/peers/python.txt benchmarks/peers/native.txt benchmarks/peers/package-lock.json
	@command -v npm >/dev/null || { echo 'There is no npm here: install Node.js (Debian, Ubuntu: apt-get install nodejs npm).'; exit 1; }
	@for name in python native; do \
		$(IN)python -m venv --clear benchmarks/peers/$$name && \
		benchmarks/peers/$$name/bin/python -m pip --disable-pip-version-check install -qq --require-hashes --only-binary :all: \
			-r benchmarks/peers/$$name.txt || exit 1; \
	done
	@npm ci --prefix benchmarks/peers --ignore-scripts --no-audit --no-fund --silent
	@touch $@

mutants: .venv-mutants/made-by ## change kpf in small ways and list what no test notices (MODULE=kpf.dates: in one module; minutes)
	@.venv-mutants/bin/python -m tools.undecorated .mutants $(MODULE)
	@cd .mutants && ../.venv-mutants/bin/mutmut run $(if $(MODULE),'$(MODULE).*')
	@cd .mutants && ../.venv-mutants/bin/mutmut results

# An environment of its own, so that what only this needs is in no other.
.venv-mutants/made-by: requirements.txt requirements-mutants.txt pyproject.toml
	@"$(PYTHON)" -m venv --clear .venv-mutants
	@.venv-mutants/bin/python -m pip --disable-pip-version-check install -qq --no-compile --require-hashes \
		-r requirements.txt -r requirements-mutants.txt
	@touch $@

clean: ## take away .venv and all else that was made
	rm -rf .venv .venv-mutants .mutants .wheels tests/node/node_modules dist \
		benchmarks/peers/made-by benchmarks/peers/python benchmarks/peers/native benchmarks/peers/node_modules \
		.coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that is asked for by name (`make test PYTHON=python3.13`) replaces a .venv that another one made.
ifdef PYTHON
ifneq ($(shell cat .venv/made-by 2>/dev/null),$(PYTHON))
.venv/made-by: FORCE
endif
endif
PYTHON ?= python3

# Each start without compiled bytecode costs twice the time, and some systems let Python leave none behind: kpf is
# compiled here, and a first check leaves what it loads of others. Written last, so that a .venv that was not finished is begun again.
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

# All that `make lock` needs: .venv as a whole would first be made anew, from the very lock that is to be replaced.
.venv/bin/uv:
	@$(MAKE) .venv/made-by

FORCE:

.PHONY: help run quick test cover format generate lock others bench mutants clean FORCE fuzz
