"""Writes data/sample again."""

from pathlib import Path

from helpers.sample.folders import write
from helpers.sample.profiles import PROFILES

for profile in PROFILES:
    write(profile, Path(__file__).resolve().parents[3] / "data" / "sample" / profile.id)
