# Each target works on a fresh machine with Python 3.11+, Node 20+ and make, and installs the rest
# beside this file: .venv, node_modules, and a stamp in .stamp for each (.pythons for `make pythons`,
# .tools for those that look at the packages).
# `make clean` removes them.
#
# All paths are relative, so that the folder may have any name; and the tools are started as
# modules of .venv, so that neither an activated environment nor a moved folder confuses them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-teams pythons check journey bench flame faults faults-restore faults-retention attacker faults-sigterm guards stateful matrix teams-app docs \
	sbom audit licences lock clean chromium office looks

unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH

PY := .venv/bin/python
TOOLS := .tools/bin
# The first of these that is 3.11 or newer makes .venv; `make PYTHON=/path/to/python` chooses.
PYTHON ?= python3 python3.11 python3.12 python3.13
NODE_AT_LEAST := 20
export CHROMIUM ?= /usr/bin/chromium
# `make lock` needs uv, which is no part of the project: `pipx install uv`, or UV=/path/to/uv.
UV ?= uv
# Tests wait more than they compute: three at a time on two cores. A file's tests stay together.
WORKERS ?= 3
AT_ONCE = -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# What says where things stand and that each sentence is used; all else about cards is in `make test`.
HOUSE := tests/deploy/test_house.py tests/deploy/test_docs.py tests/deploy/test_locks.py \
	tests/deploy/test_reference.py tests/cards/test_every_sentence_is_used.py

ROOT_WITH_APT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
APT_INSTALL := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	--no-install-recommends

# What was removed by hand is installed again.
$(shell [ -x $(PY) ] || rm -f .stamp/venv; [ -d node_modules ] || rm -f .stamp/npm; \
	[ -x $(TOOLS)/python ] || rm -f .stamp/tools)

help: ## What each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r name text; do printf '%-18s %s\n' "$$name" "$$text"; done

run: .stamp/venv .stamp/npm ## The whole product on this machine: four people's Teams in a browser
	@$(PY) -m bot.demo

test: .stamp/venv .stamp/npm office ## Every test that needs no browser (WORKERS=3 at a time; EVERY=1 all of what it samples)
	@$(PY) -m pytest $(AT_ONCE)

test-teams: .stamp/venv .stamp/npm ## The product before a strict Teams: every device, every answer, everything twice
	@$(PY) -m pytest -m 'teams or not teams' tests/teams

pythons: .stamp/npm office ## The same on Python 3.11, 3.12 and 3.13, those that are there (PYTHON=...)
	@PYTHON="$(PYTHON)" .ci/pythons $(ARGS)

check: .stamp/venv .stamp/npm ## Style, types, the floors' contracts, the house and its sentences
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m mypy deploy/teams deploy/supply
	$(PY) .venv/bin/lint-imports
	$(PY) -m pytest -q $(AT_ONCE) $(HOUSE)

journey: .stamp/venv .stamp/npm chromium ## The run through the windows in a real browser (EVERY=1 draws each card)
	@$(PY) -m pytest -m journey tests/browser

faults: .stamp/venv .stamp/npm ## Delivery while processes die and services fail (GUARD=off-<name>, SEED=2)
	@$(PY) -m tests.faults

matrix: .stamp/venv .stamp/npm ## Everybody tries everything in every state: over 100,000 events (EVERY=1 tries all)
	@$(PY) -m tests.security

faults-restore: .stamp/venv .stamp/npm ## 10,000 conversations backed up and brought back, every entity compared
	@$(PY) -m pytest -q -s -m restore tests/faults

faults-retention: .stamp/venv .stamp/npm ## Nights of removal that die at every write, are killed, and have 10,000 to remove
	@RETENTION_EVERY=1 $(PY) -m pytest -q -s -m 'retention or not retention' tests/retention/test_killed.py \
		tests/retention/test_deaths.py tests/retention/test_many.py

attacker: .stamp/venv ## What follows from all figures that are published, in 1,000 partnerships (PARTNERSHIPS=100)
	@PARTNERSHIPS=$(or $(PARTNERSHIPS),1000) $(PY) -m pytest -q -n 2 tests/records/evaluation/test_attacker.py

faults-sigterm: .stamp/venv .stamp/npm ## Bots that are asked to stop while they deliver (N=100)
	@$(PY) -m tests.faults.sigterm

guards: .stamp/venv .stamp/npm ## The tests without each guard of the delivery: red every time
	@$(PY) -m tests.faults.needed

stateful: .stamp/venv ## Anything in any order: 2,000 conversations of 50 steps (EXAMPLES=500)
	@STATEFUL_EXAMPLES=$(or $(EXAMPLES),2000) $(PY) -m pytest -q tests/scheduler/test_stateful.py

looks: .stamp/venv .stamp/npm chromium ## Every card in a browser: light, dark, narrow; in journey/looks
	@$(PY) -m pytest -m looks tests/browser

bench: .stamp/venv .stamp/npm ## What it costs beside its peers, `name value` lines last (ONLY=turns ROUNDS=3)
	@ONLY="$(ONLY)" ROUNDS="$(ROUNDS)" PEOPLE="$(PEOPLE)" $(PY) -m bench

flame: .stamp/venv .stamp/npm ## Where a feedback turn's time goes: docs/feedback-turn.svg (PEOPLE=300)
	@PEOPLE="$(PEOPLE)" $(PY) -m bench.flame

teams-app: .stamp/venv .stamp/npm ## The package to upload to Teams (MICROSOFT_APP_ID=..., ARGS=--trial)
	@MICROSOFT_APP_ID="$(MICROSOFT_APP_ID)" $(PY) deploy/teams/pack.py $(ARGS)

docs: .stamp/venv ## docs/reference.md and docs/wording.md, made from the code
	@$(PY) -m bot.reference
	@$(PY) -m tests.cards.wording_page

sbom: .stamp/tools ## What is in the image, as CycloneDX for your scanner: build/sbom.json
	@mkdir -p build
	@$(TOOLS)/python -W ignore::UserWarning -m cyclonedx_py requirements --pyproject pyproject.toml \
		--output-reproducible --of JSON -o build/sbom.json requirements.lock
	@echo "build/sbom.json: $$(grep -c '"purl": ' build/sbom.json) packages"

audit: .stamp/tools ## Known holes in what is installed; not green where that cannot be looked up
	@$(PY) deploy/supply/audit.py

licences: .stamp/venv .stamp/tools ## docs/licences.md, from the packages in requirements.lock
	@$(PY) deploy/supply/licences.py

lock: ## Renew every requirement file from what asks for it (needs uv; look at the difference)
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --extra dev pyproject.toml -o requirements-dev.lock
	for one in bench/locks/*.in deploy/supply/*.in; do $(LOCK) $$one -o $${one%.in}.lock || exit 1; done

# Hashes, and no address of a download: whoever installs chooses where from.
LOCK := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-header --quiet

clean: ## Remove what the targets installed (never the demo's data)
	rm -rf .venv .tools .pythons node_modules .stamp bench/.peers

.stamp/venv: requirements-dev.lock
	@python=; for one in $(PYTHON); do \
		"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
			&& python=$$one && break; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed (tried: $(PYTHON))." >&2; exit 1; fi; \
	"$$python" -c 'import ensurepip' 2>/dev/null || { $(ROOT_WITH_APT) && $(APT_INSTALL) python3-venv; } \
		|| { echo "$$python cannot make environments: install python3-venv." >&2; exit 1; }; \
	[ -x $(PY) ] || rm -rf .venv; \
	echo "Installing the Python packages into .venv ..." && "$$python" -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p .stamp && touch $@

# The tools that look at the packages stand apart from what they look at.
.stamp/tools: deploy/supply/tools.lock | .stamp/venv
	@echo "Installing the supply chain's tools into .tools ..." && rm -rf .tools && $(PY) -m venv .tools
	@$(TOOLS)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@mkdir -p .stamp && touch $@

.stamp/npm: package-lock.json package.json .npmrc
	@node -e 'process.exit(parseInt(process.versions.node) < $(NODE_AT_LEAST) ? 1 : 0)' 2>/dev/null \
		|| { echo "Node $(NODE_AT_LEAST) or newer is needed." >&2; exit 1; }
	@echo "Installing the npm packages into node_modules ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p .stamp && touch $@

# Opens the Word files; without it, and outside CI, the tests that need it are skipped.
office:
	@command -v soffice >/dev/null && command -v pdftotext >/dev/null || { $(ROOT_WITH_APT) \
		&& $(APT_INSTALL) libreoffice-writer-nogui poppler-utils fonts-liberation; } || true

# No stamp: whether a browser is there is quickly seen, and it may be removed again.
chromium:
	@[ -x "$$CHROMIUM" ] || { $(ROOT_WITH_APT) && $(APT_INSTALL) chromium fonts-liberation \
			fonts-noto-color-emoji; } || { \
		echo "There is no browser at $$CHROMIUM. Install Chromium, or name it:" \
			"make journey CHROMIUM=/path/to/chromium" >&2; exit 1; }
	@[ -x "$$CHROMIUM" ] || { echo "Chromium is installed, but not at $$CHROMIUM." >&2; exit 1; }
