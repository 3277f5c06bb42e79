"""Writes data/sample again."""

from helpers import places
from helpers.sample.folders import write
from helpers.sample.profiles import PROFILES

for profile in PROFILES:
    write(profile, places.home() / "data" / "sample" / profile.id)
