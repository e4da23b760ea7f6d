"""A library of a few works for the small course."""

from __future__ import annotations

import pytest

from tests.edu.conftest import Site

BIB = """\
@article{known2001, author={Known, A. B. and others}, title={A thing}, year={2001}, note={verified: seen}}
@article{canis2021, author={Cañis Parera, M.}, title={Historical review}, journal={Pain}, year={2021}, \
keywords={backmice,history}, note={verified: there}}
@misc{nunez1945, author={Clavero-Núñez}, title={Las afecciones del panículo}, year={1945}, language={es}, \
keywords={backmice}, note={unverified: journal not found; seen: author, year}}
@book{atlas, author={Zeta, A.}, title={{Ökologie of fascia}}, publisher={House}, keywords={fascia}, \
note={unverified: whole entry from memory}}
"""
LIBRARY = """\
[[entries]]
key = "canis2021"
design = "review"
summary = "Tells the history of lumbar nodules [C]."

[[entries]]
key = "nunez1945"
design = "historical"
direction = "supports"
names = ["lipoma de la mujer"]
"""


@pytest.fixture
def library(site: Site) -> Site:
    """The small course with these works."""
    site.folder.write("references.bib", BIB)
    site.folder.write("library.toml", LIBRARY)
    site.install()
    return site
