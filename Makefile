# Everything is done from here; `make` alone lists the commands.
# A command sets up what it needs in .venv, once: a second run starts at once unless a requirement changed.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8050
DATA ?= $(or $(LEADER_TRAVEL_DATA),data)
WORKERS ?= 2
ARGS ?=

venv := .venv
python := $(venv)/bin/python
installed := $(venv)/.installed
installed_for_tests := $(venv)/.installed-for-tests
listen = HOST='$(HOST)' PORT='$(PORT)' LEADER_TRAVEL_DATA='$(DATA)'
served := $(python) -m gunicorn -c dashboard/web/gunicorn_conf.py app:server
sources := app.py dashboard tests
# A browser and a server for each worker: more than four of them help nobody.
on_all_cores := -n logical --maxprocesses 4 --dist worksteal

comma := ,

# Where Python may not keep what it has compiled, each of the programs that the tests start compiles all files anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run serve quick test check format soak fuzz audit sbom hashes bench bench-peers screenshots basemap words pins clean plotly

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: $(installed) plotly  ## serve the page on http://127.0.0.1:8050 (HOST=, PORT=, DATA= change it)
	@$(listen) WORKERS=1 exec $(served)

serve: $(installed) plotly  ## serve the page to many readers (HOST=, PORT=, DATA=, WORKERS= change it)
	@$(listen) WORKERS='$(WORKERS)' exec $(served)

quick: $(installed_for_tests)  ## run the tests that need neither a browser nor a minute
	@$(python) -m pytest $(on_all_cores) --ignore tests/browser -m 'not long' --hypothesis-profile quick $(ARGS)

test: $(installed_for_tests) plotly  ## run all tests, in a real browser too (ARGS='-k map' runs some)
	@CHROMIUM="$$(PYTHON=$(python) sh .ci/browser)" && NGINX="$$(sh .ci/nginx)" && export CHROMIUM NGINX && \
	$(python) -m pytest $(on_all_cores) $(ARGS)

check: $(installed_for_tests)  ## formatter, linter, types; changes nothing
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	$(python) -m bandit --quiet --recursive app.py dashboard

format: $(installed_for_tests)  ## format the code and mend what the linter can mend
	$(python) -m ruff format .
	$(python) -m ruff check --fix .

soak: $(installed_for_tests) plotly  ## load a server for ten minutes and kill its workers (ARGS='--seconds 60')
	@$(python) -m tests.soak $(ARGS)

fuzz: $(installed_for_tests) plotly  ## send 100,000 hostile requests: none is answered with 5xx, none takes 2 s
	@$(python) -m tests.fuzzing 100000

bench: $(installed_for_tests) plotly  ## run the benchmarks: a table, and the same as JSON
	@$(python) -m tests.benchmarks $(ARGS)

bench-peers: $(installed_for_tests) plotly  ## the same job in other frameworks, and on the page before: a table, and JSON
	@CHROMIUM="$$(PYTHON=$(python) sh .ci/browser)" && export CHROMIUM && $(python) -m tests.benchmarks.peers $(ARGS)

screenshots: $(installed_for_tests) plotly  ## take the pictures in docs/ from the running page
	@CHROMIUM="$$(PYTHON=$(python) sh .ci/browser)" && export CHROMIUM && $(python) .ci/screenshots.py

words: $(installed)  ## gather the sentences of the code into the catalogues of the languages
	@mkdir -p build
	@$(python) -m babel.messages.frontend --quiet extract --mapping-file .ci/babel.cfg --no-default-keywords \
	$(addprefix --keyword ,_ gettext marked marked_plural:1$(comma)2 ngettext:1$(comma)2) \
	--add-location file --sort-by-file --project 'Leader Travel' --version '' --msgid-bugs-address 'CONTRIBUTING.md' --output build/words.pot dashboard
	@$(python) -m babel.messages.frontend --quiet update --input-file build/words.pot --output-dir dashboard/language/locale \
	--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120

basemap:  ## rebuild the base map in assets/ from Natural Earth (needs Node)
	cd .ci/basemap && npm ci --silent && node build.mjs

audit: $(installed_for_tests)  ## ask whether a package is known to be unsafe, and say where nobody could be asked
	@PYTHON=$(python) sh .ci/audit

sbom: $(installed_for_tests)  ## list every package the page needs, as CycloneDX, in build/sbom.json
	@mkdir -p build
	@$(python) -m cyclonedx_py requirements .ci/locked.txt --output-reproducible --output-file build/sbom.json
	@echo 'Wrote build/sbom.json' >&2

hashes: $(installed_for_tests)  ## write the checksums of everything that is pinned, after a change to the pins
	@$(call lock,requirements.txt,.ci/locked.txt)
	@$(call lock,tests/requirements.txt,.ci/locked-tests.txt)

pins:  ## pin anew everything that the requirements pull in, with checksums
	@$(python_is_new_enough)
	rm -rf $(venv)
	$(PYTHON) -m venv $(venv)
	$(python) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	{ echo '# Every package that is installed, pinned. Written by `make pins`.'; $(python) -m pip freeze; } > .ci/constraints.txt
	@$(call lock,requirements.txt,.ci/locked.txt)
	@$(call lock,tests/requirements.txt,.ci/locked-tests.txt)

clean:  ## remove what the other commands made
	rm -rf $(venv) build .cache assets/plotly-traces.min.js .ci/*/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(sources) -name __pycache__ -type d -prune -exec rm -rf {} +

# The two stamps lie inside .venv, so that they vanish with it. Tests need all that the page needs: they set both.
$(installed): .ci/locked.txt
	@$(python_is_new_enough)
	@$(call install,.ci/locked.txt)
	@touch $(installed)

$(installed_for_tests): .ci/locked-tests.txt .ci/locked.txt
	@$(python_is_new_enough)
	@$(call install,.ci/locked-tests.txt)
	@touch $(installed) $(installed_for_tests)

define install
echo 'Installing $(1) into $(venv), once; this takes about a minute ...' >&2 && \
$(PYTHON) -m venv $(venv) && \
$(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef

# Every package with the checksums of its files: pip installs no other file under its name.
lock = $(python) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
--custom-compile-command 'make hashes' --constraints .ci/constraints.txt $(1) --output-file $(2)

define python_is_new_enough
command -v $(PYTHON) >/dev/null || \
{ echo 'Leader Travel needs Python 3.11 or newer; $(PYTHON) is not here: name yours with PYTHON=' >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Leader Travel needs Python 3.11 or newer; \
$(PYTHON) is %d.%d: name another one with PYTHON=" % sys.version_info[:2])'
endef

# A smaller Plotly, where Node is there to build it; without it the stock one serves.
plotly:
	@if [ -f .ci/plotly/build.sh ]; then sh .ci/plotly/build.sh || echo 'The smaller Plotly could not be built: the stock one serves.' >&2; fi
