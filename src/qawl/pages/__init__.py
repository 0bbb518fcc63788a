"""Pages: bytes and strings of any kind become an `Article`.

Four ways in, one for each shape of input; each raises `InputError` with one line for a person and nothing else.
"""

from qawl.pages.blocks import MAX_TEXT, Given, block_article
from qawl.pages.datelines import find_dateline
from qawl.pages.decoding import InputKind, decode, sniff
from qawl.pages.html import MAX_PAGE, from_html
from qawl.pages.plain import from_text
from qawl.pages.records import from_record

__all__ = [
    "MAX_PAGE", "MAX_TEXT", "Given", "InputKind", "block_article", "decode", "find_dateline",
    "from_html", "from_record", "from_text", "sniff",
]  # fmt: skip
