"""Made-up accounts with known truth, written in the marketplace's own file formats.

truth        a profile and its seed → every order, and what its buyer lived and did
order_files · other_files   the truth → downloads        folders   a profile → the files of its folder

`python -m helpers.sample` writes data/sample again; a new sample is one more Profile in truth.PROFILES.
"""
