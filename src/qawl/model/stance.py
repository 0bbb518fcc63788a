"""What a statement wants or rejects: targets with a sign, what they are about, and on what condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qawl.model.spans import Span

__all__ = ["CONDITIONS", "DEGREES", "SIGNS", "About", "Condition", "ConditionKind", "Degree", "Sign", "Stance"]

Sign = Literal["+", "-"]
Degree = Literal["strong", "plain", "weak"]
ConditionKind = Literal["unconditional", "now", "if", "after", "limited"]

SIGNS: tuple[Sign, ...] = ("+", "-")
DEGREES: tuple[Degree, ...] = ("strong", "plain", "weak")
CONDITIONS: tuple[ConditionKind, ...] = ("unconditional", "now", "if", "after", "limited")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a stance is tied to.

    Parameters
    ----------
    kind : ConditionKind
        ``unconditional``: expressly without any («دون قيد أو شرط»); ``now``: at once, or not now («فورا»، «حاليا»);
        ``if``: only if something holds («بشرط أن …»، «ما لم …»); ``after``: only once something has happened («ليس
        قبل …»، «إلا بعد …»); ``limited``: for a time or a part only («مؤقت»، «جزئي»).
    span : Span
        The words that say so, with what they tie it to.
    """

    kind: ConditionKind
    span: Span


@dataclass(frozen=True, slots=True)
class About:
    """The matter that a stance bears on.

    Parameters
    ----------
    matter : str
        Its id in ``matters.tsv``.
    sign : Sign
        Whether the stance is for the matter or against it: opposing «استمرار القتال» is for a ceasefire.
    words : Span
        The words that tell the matter.
    pattern : str
        The pattern of ``matters.tsv`` that they match: why the stance was given this matter.
    turned_by : tuple of Span
        The words before them that turn the sign («⟨منع⟩ التهجير»), the nearest last.
    """

    matter: str
    sign: Sign
    words: Span
    pattern: str
    turned_by: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """What a statement wants (``+``) or rejects (``-``).

    Parameters
    ----------
    target : Span
        The words that name the policy, action, event, proposal or actor.
    sign : Sign
        ``+`` wants, supports, approves; ``-`` opposes, condemns, wants to prevent.
    degree : Degree
        ``strong`` («رفضا قاطعا»، «بأشد العبارات»), ``plain``, or ``weak`` («قد يدعم»، «لا يمانع»).
    conditions : tuple of Condition
        What it is tied to, in the order of the text.
    about : tuple of About
        The matters it bears on; empty where no curated matter covers its target.
    confidence : float
        From 0 to 1: how likely a careful reader would mark this target with this sign.
    """

    target: Span
    sign: Sign
    degree: Degree = "plain"
    conditions: tuple[Condition, ...] = ()
    about: tuple[About, ...] = ()
    confidence: float = 0.5
