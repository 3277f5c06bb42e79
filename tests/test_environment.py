"""One list of packages said three times: pyproject.toml, requirements.lock, environment.yml agree."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if "==" in line]
GROUPS = PROJECT["dependency-groups"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKED = [
    *PROJECT["project"]["dependencies"],
    *(text for name in EXTRAS for text in EXTRAS[name]),
    *(text for name in GROUPS if name != "bench" for text in GROUPS[name]),
]
ASKED = [Requirement(text) for text in LOCKED]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_every_dependency_is_locked_inside_the_range_the_project_asks_for(asked):
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(asked.name)]
    assert pins, f"{asked.name} is not in requirements.lock: run make lock"
    for pin in pins:
        (version,) = pin.specifier
        assert asked.specifier.contains(version.version, prereleases=True)


def test_engines_the_kit_is_measured_against_are_not_installed_with_it():
    engines = {canonicalize_name(Requirement(text).name) for text in GROUPS["bench"]}
    assert engines == {"duckdb", "pandas", "pyarrow"}
    assert not engines & {canonicalize_name(pin.name) for pin in PINS}


def test_every_locked_package_has_its_hashes_and_no_host_is_named():
    packages = re.split(r"\n(?=\S)", LOCK.strip())
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"https?://|file:|--index|--find-links|--extra|--trusted", LOCK)


def test_conda_users_get_the_same_lock_and_a_python_the_project_supports():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    assert environment["name"] == PROJECT["project"]["name"]
    assert pip == {"pip": ["-r requirements.lock"]}
    (python,) = [Requirement(name.replace("=", "==")) for name in conda if name.startswith("python")]
    (version,) = python.specifier
    assert version.version in Requirement(f"python{PROJECT['project']['requires-python']}").specifier
    assert sorted(re.split("=", name)[0] for name in conda) == ["pip", "python"]


def test_the_command_is_called_seller_audit():
    assert PROJECT["project"]["scripts"] == {"seller-audit": "helpers.reports.command_line:main"}
