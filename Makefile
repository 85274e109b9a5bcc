.PHONY: setup run test check bench bench-quick fmt golden

setup: .venv/.ok

.venv/.ok: pyproject.toml requirements.lock scripts/setup
	sh scripts/setup

run: setup
	.venv/bin/variorum demo --first
	exec .venv/bin/variorum serve

test: setup
	.venv/bin/python -m pytest -q

check: setup
	sh scripts/check

bench: setup
	.venv/bin/python bench/quality.py
	.venv/bin/python bench/speed.py

bench-quick: setup
	.venv/bin/python bench/quality.py --quick

fmt: setup
	.venv/bin/ruff format app tests bench migrations
	.venv/bin/ruff check --fix app tests bench migrations

golden: setup
	VARIORUM_REWRITE_GOLDEN=1 .venv/bin/python -m pytest -q tests/test_golden.py
