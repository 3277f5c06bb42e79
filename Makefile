# A thin layer over Python: README.md writes out the same commands for machines without make.
PYTHON ?= python3
BIN := .venv/bin
SAMPLES := data/sample

.PHONY: report lesson test lab gallery notebooks samples lock bench clean

report: .venv/ready  ## set up, then make the reports of the sample accounts
	$(BIN)/seller-audit report $(SAMPLES)

lesson: .venv/ready  ## set up, then write the lesson on feedback: one page for a class, no account needed
	$(BIN)/seller-audit lesson

test: .venv/ready  ## set up, then check style and types and run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/python -m pytest

lab: .venv/ready  ## set up, then open JupyterLab on the notebooks
	JUPYTER_CONFIG_PATH=$(CURDIR)/.jupyter $(BIN)/jupyter lab --LabApp.news_url=None \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate notebooks

gallery: .venv/ready  ## put every chart and every table on one page, with extreme figures too
	$(BIN)/python -m helpers.reports.gallery

notebooks: .venv/ready  ## run the notebooks on the sample data and keep their outputs
	$(BIN)/python -m helpers.reports.committed

samples: .venv/ready  ## write data/sample again
	$(BIN)/python -m helpers.sample

bench: .venv/ready  ## measure it beside other engines and write benchmarks/RESULTS.md (fetches duckdb and pandas)
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['bench'])" \
		| xargs $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .venv/bench
	$(BIN)/python benchmarks

lock:  ## resolve the versions again: hashes, no host (needs uv)
	uv pip compile pyproject.toml --extra fast --extra cluster --group test --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade --output-file requirements.lock

# Done again only when the lock or the project file changes.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv
	git clean -fdqx reports
