# make demo | test | check | lab | release | grade | site | book.pdf | catalogues | lock: each sets up what it needs; none assumes a step before it.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
ASSIGNMENTS ?= $(notdir $(wildcard source/*))
# A language of locale/, for `make lab` and `make release`: the course in that language.
EDITION ?=
LANGUAGES := $(notdir $(wildcard locale/*))
RELEASE := release$(EDITION:%=-%)
MINE := my-notebooks$(EDITION:%=-%)

export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test test-slow check lab release catalogues grade site book.pdf bench lock clean

PACKAGES := packages/cnn-course packages/autograder

$(READY): requirements.txt $(PACKAGES:%=%/pyproject.toml)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11 to 3.13 is needed, and $(PYTHON) is " + sys.version.split()[0] + ": try make PYTHON=python3.11")'
	@echo "Installing the pinned packages into .venv: this is done once, and takes some minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(PACKAGES:%=-e %)
	@mkdir -p .venv/var
	@touch $(READY)

# What Jupyter, Matplotlib and Keras would write into the home directory stays in the checkout.
demo test test-slow release grade site book.pdf bench: export IPYTHONDIR := $(CURDIR)/.venv/var/ipython
demo test test-slow release grade site book.pdf bench: export JUPYTER_DATA_DIR := $(CURDIR)/.venv/var/jupyter
demo test test-slow release grade site book.pdf bench: export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/var/jupyter-config
demo test test-slow release grade site book.pdf bench: export MPLCONFIGDIR := $(CURDIR)/.venv/var/matplotlib
demo test test-slow release grade site book.pdf bench: export KERAS_HOME := $(CURDIR)/.venv/var/keras

demo: $(READY)
	@echo "Making a sample class."
	@$(BIN)/python -m testing.demo

test: check
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile --no-loadscope-reorder

# What can be told without running anything.
check: $(READY)
	$(BIN)/ruff check packages tests testing benchmarks book deploy editions
	$(BIN)/ruff format --check --quiet packages tests testing benchmarks book deploy editions
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

# The reader's own copy of the released notebooks: what is there already is never overwritten.
lab: export JUPYTER_CONFIG_PATH := $(CURDIR)/packages/cnn-course/lab$(if $(JUPYTER_CONFIG_PATH),:$(JUPYTER_CONFIG_PATH))
lab: $(READY)
	mkdir -p $(MINE)
	for each in $(RELEASE)/*; do [ -e "$(MINE)/$${each#$(RELEASE)/}" ] || cp -R "$$each" $(MINE)/; done
	cd $(MINE) && ../$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root)

# The release of an edition is made from the English one.
release: $(READY)
	$(if $(EDITION),$(BIN)/python -m editions release $(EDITION),for each in $(ASSIGNMENTS); do $(BIN)/nbgrader generate_assignment --force "$$each" || exit 1; done)

# Brings the catalogues of all languages up to date with the English texts, and says what they lack.
catalogues: $(READY)
	$(BIN)/python -m editions update

# Status 1 of the grader means: done, and the table says which submission is amiss.
grade: $(READY)
	$(BIN)/autograder grade $(ASSIGNMENTS) || [ $$? -eq 1 ]
	$(BIN)/autograder report --html report.html > /dev/null
	@echo "The report is in report.html"

# Notebooks that have not changed are not executed again. The pages of all languages are made before any is built, so that they lead to each other.
SPHINX := $(BIN)/python -m sphinx -W --keep-going -q -j 2 -c book
site: $(READY)
	$(BIN)/python book/pages.py book/_build/pages book/_build/extra
	for each in $(LANGUAGES); do $(BIN)/python book/pages.py book/_build/pages-$$each book/_build/extra-$$each $$each || exit 1; done
	$(SPHINX) -b html -d book/_build/doctrees book/_build/pages book/_build/html
	for each in $(LANGUAGES); do $(SPHINX) -b html -D language=$$each -D html_extra_path=_build/extra-$$each \
		-d book/_build/doctrees/$$each book/_build/pages-$$each book/_build/html/$$each || exit 1; done
	$(BIN)/python book/whole.py book/_build/html $(LANGUAGES:%=book/_build/html/%)
	@echo "The site is in book/_build/html: open index.html"

# The whole course on paper; needs Chromium.
book.pdf: site
	$(SPHINX) -b singlehtml -d book/_build/doctrees book/_build/pages book/_build/whole
	$(BIN)/python book/pdf.py book/_build/whole book.pdf

bench: $(READY)
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.grading
	$(BIN)/python -m benchmarks.cells
	$(BIN)/python -m benchmarks.other_course
	$(BIN)/python -m benchmarks.limit
	$(BIN)/python -m benchmarks.confinement
	$(BIN)/python -m benchmarks.judge
	$(BIN)/python -m benchmarks.forging
	$(BIN)/python -m benchmarks.class_of_500
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.similar
	$(BIN)/python -m benchmarks.report
	$(BIN)/python -m benchmarks.site

# The requirements, locked for every platform: the newest versions with `make lock UPGRADE=--upgrade`.
lock: $(READY)
	$(BIN)/python -m testing.lock $(UPGRADE)

clean:
	rm -rf .venv book/_build
