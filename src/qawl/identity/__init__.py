"""Identity across articles: requires sources, assigns one party per real-world person or body.

Evidence and judgement stay apart: `Registry` computes parties from readings alone, `Decisions` are what a person
decided, and `apply` replays these over those.
"""

from qawl.identity.decisions import Decision, Decisions, Do, locking
from qawl.identity.lookup import english_name, find
from qawl.identity.party import Candidate, Party, Ref, Role, Sighting, sightings
from qawl.identity.registry import Registry, own_id
from qawl.identity.replay import Applied, Problem, apply
from qawl.identity.shape import details, summary

__all__ = [
    "Applied", "Candidate", "Decision", "Decisions", "Do", "Party", "Problem", "Ref", "Registry", "Role", "Sighting",
    "apply", "details", "english_name", "find", "locking", "own_id", "sightings", "summary",
]  # fmt: skip
