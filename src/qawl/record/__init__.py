"""The record: requires readings, keeps them in a database; search, identity across articles, corrections, care."""

from qawl.record.adding import OUTCOMES, Added, Outcome
from qawl.record.asked import SORTS, Asked, Sort
from qawl.record.care import Problem, Sizes
from qawl.record.corrections import FIELDS, Correction
from qawl.record.facets import FACETS, Facet, Facets
from qawl.record.load import Loaded
from qawl.record.provenance import model_version
from qawl.record.record import Record
from qawl.record.search import Found, Hit

__all__ = [
    "FACETS", "FIELDS", "OUTCOMES", "SORTS", "Added", "Asked", "Correction", "Facet", "Facets", "Found", "Hit",
    "Loaded", "Outcome", "Problem", "Record", "Sizes", "Sort", "model_version",
]  # fmt: skip
