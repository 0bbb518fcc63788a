"""Accuracy against annotated articles: the definitions and figures of the project's annotation guidelines.

Takes standoff dicts (see `qawl.scoring.standoff`), gives a `Report`. ``gold`` articles carry their text; a
prediction is tied to its article by ``doc``, and an article without prediction counts as empty.

A predicted statement matches a gold one when the letters of their contents overlap with a Jaccard index of at
least 0.5 (*found*) or 0.9 (*found exactly*); matching is one to one, best first. The headline figure is
*attribution F1*: found, and the source right.
"""

from qawl.scoring.report import FIGURES, Group, Report, score
from qawl.scoring.standoff import checked, parsed
from qawl.scoring.tally import Miss, same_source

__all__ = ["FIGURES", "Group", "Miss", "Report", "checked", "parsed", "same_source", "score"]
