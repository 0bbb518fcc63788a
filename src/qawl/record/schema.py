"""The tables of the record.

Three kinds, kept apart:

* *facts*: articles, and what each version of the extractor read in them; only ever added to;
* *decisions*: what people corrected and decided; only ever added to;
* *views*: what is worked out from both so that it is found at once (sayings, parties, hashes, words); all of it can be
  made anew (`qawl record reindex`).

Offsets are code points of `article.text`. Days are whole numbers, days since 1 January of year 1 (the proleptic
Gregorian ordinal of ISO 8601 dates, as `datetime.date.toordinal`); 0 is an unknown day.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "FACTS", "HEAD", "VIEWS", "VIEWS_VERSION", "about", "affiliation", "article", "article_print", "correction",
    "decision", "event", "fingerprint", "matter", "member", "metadata", "outlet", "participant", "party",
    "party_alias", "party_name", "reading", "saying", "saying_matter", "saying_words", "setting", "sighted",
    "sketch", "source", "stance", "statement",
]  # fmt: skip

HEAD = "0001"
"""The revision of this schema: the newest of the folder ``migrations/versions``."""

VIEWS_VERSION = "1"
"""Of how views are worked out (keys of words, hashes, codes of acts): where it changes, `Record.reindex` is due."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes only INTEGER PRIMARY KEY its rowid; elsewhere ids are wide.
_ID = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    """A primary key that the writer gives out: it is the only one (see `database.writing`)."""
    return Column("id", _ID, primary_key=True, autoincrement=False)


def _to(name: str, *, index: bool = False, nullable: bool = False) -> Column[int]:
    """A reference to another table's id."""
    table = name.removesuffix("_id")
    return Column(name, _ID, ForeignKey(f"{table}.id"), index=index, nullable=nullable)


def _offsets(name: str) -> tuple[Column[int | None], Column[int | None]]:
    """A span that may be missing."""
    return Column(f"{name}_start", Integer), Column(f"{name}_end", Integer)


# -- facts --------------------------------------------------------------------------------------------------------

outlet = Table("outlet", metadata, _id(), Column("name", Text, nullable=False, unique=True))

article = Table(
    "article",
    metadata,
    _id(),
    Column("sha256", String(64), nullable=False, index=True),
    # What makes it the same article when it is added again: its URL in a common form, or its outlet if it has none.
    Column("place", Text, nullable=False),
    Column("doc", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    _to("outlet_id", index=True),
    Column("title", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("published", Text),
    Column("published_precision", Text),
    Column("modified", Text),
    Column("modified_precision", Text),
    Column("day", Integer, nullable=False, index=True),
    Column("dateline", JSON(none_as_null=True)),
    # Of each block its length, the gap before it and its kind: "h40 1p120".
    Column("blocks", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("added", Text, nullable=False),
    # The id of a newer article at the same URL; such an article stays, but is not searched.
    Column("replaced_by", _ID),
    UniqueConstraint("place", "sha256"),
)

reading = Table(
    "reading",
    metadata,
    _id(),
    _to("article_id", index=True),
    Column("extractor", Text, nullable=False),
    # Of weights and lexicons; "" where the reading was imported.
    Column("model", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    # Of all that was read (`rows.digest_of`): tells whether a row was changed since.
    Column("digest", LargeBinary, nullable=False),
)

source = Table(
    "source",
    metadata,
    _id(),
    _to("reading_id", index=True),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("qid", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("known_as", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("of", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("candidates", JSON(none_as_null=True)),
    # Offsets in pairs: "12-20 40-48".
    Column("mentions", Text, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    _id(),
    _to("reading_id", index=True),
    Column("number", Integer, nullable=False),
    Column("parent", Integer),
    Column("lemma", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("act_confidence", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("who", Text, nullable=False),
    Column("content", Text, nullable=False),
    *_offsets("cue"),
    *_offsets("speaker"),
    *_offsets("named"),
    *_offsets("via"),
    Column("said", Text),
    Column("said_precision", Text),
    Column("said_basis", Text),
    *_offsets("said"),
    Column("occasion", JSON(none_as_null=True)),
    # The first 64 bits of SHA-256 over the characters of all its spans: `qawl record check` compares them.
    Column("digest", BigInteger, nullable=False),
)

stance = Table(
    "stance",
    metadata,
    _id(),
    _to("statement_id", index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sign", String(1), nullable=False),
    Column("degree", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("conditions", JSON(none_as_null=True)),
)

about = Table(
    "about",
    metadata,
    _id(),
    _to("stance_id", index=True),
    Column("matter", Text, nullable=False),
    Column("sign", String(1), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("pattern", Text, nullable=False),
    Column("turned_by", Text, nullable=False),
)

event = Table(
    "event",
    metadata,
    _id(),
    _to("reading_id", index=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("date", Text),
    Column("date_precision", Text),
    Column("date_basis", Text),
    *_offsets("date"),
)

participant = Table(
    "participant",
    metadata,
    _id(),
    _to("event_id", index=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("known_as", Text, nullable=False),
    Column("qid", Text, nullable=False),
)

# The matters that the stances name, as the package that wrote them last labels them.
matter = Table(
    "matter",
    metadata,
    Column("id", Text, primary_key=True),
    Column("parent", Text, nullable=False),
    Column("ar", Text, nullable=False),
    Column("en", Text, nullable=False),
)

# -- what people decided ------------------------------------------------------------------------------------------

correction = Table(
    "correction",
    metadata,
    _id(),
    _to("article_id", index=True),
    # Where the statement stood when it was corrected: it is found by place, not by number, in later readings.
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", Text, nullable=False),
    # The id of the correction that takes this one back.
    Column("undone_by", _ID),
)

# Who is who, one line each as `qawl.identity.Decisions` writes it.
decision = Table("decision", metadata, _id(), Column("line", Text, nullable=False))

# What is known of the record itself.
setting = Table("setting", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# -- views --------------------------------------------------------------------------------------------------------

affiliation = Table("affiliation", metadata, _id(), Column("name", Text, nullable=False, unique=True))

party = Table(
    "party",
    metadata,
    _id(),
    # As `qawl.identity.Party.id`.
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("qid", Text, nullable=False),
    # Whether a person said that no rule may join it with another.
    Column("locked", Boolean, nullable=False),
    # Who it may be, too: ``[[key, confidence], …]``.
    Column("candidates", JSON(none_as_null=True)),
)

# The keys under which a party is found: its own, and those that its sources would have alone.
party_alias = Table(
    "party_alias",
    metadata,
    Column("key", Text, primary_key=True),
    Column("party_id", _ID, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# Every name of a party and each word of it, so that part of a name finds it.
party_name = Table(
    "party_name",
    metadata,
    Column("word", Text, primary_key=True),
    Column("party_id", _ID, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

sighted = Table(
    "sighted",
    metadata,
    Column("source_id", _ID, primary_key=True, autoincrement=False),
    Column("party_id", _ID, nullable=False, index=True),
)

# What was said, once, however many outlets carry it. Its id tells the day (`sayings.id_of`), so that the newest come
# first without sorting. Small whole numbers only: a million rows stay in memory.
saying = Table(
    "saying",
    metadata,
    _id(),
    Column("lead", _ID, nullable=False),
    Column("party_id", _ID, nullable=False),
    Column("affiliation_id", _ID, nullable=False),
    Column("outlet_id", _ID, nullable=False),
    Column("published", Integer, nullable=False),
    # In hundredths.
    Column("confidence", SmallInteger, nullable=False),
    # Outlets and articles that carry it.
    Column("outlets", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Index("ix_saying_party", "party_id", "id"),
    Index("ix_saying_affiliation", "affiliation_id", "id"),
    Index("ix_saying_lead", "lead"),
)

saying_words = Table(
    "saying_words",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    # As `terms.term_keys` gives them, the wordings of several outlets one after the other.
    Column("words", Text, nullable=False),
)

saying_matter = Table(
    "saying_matter",
    metadata,
    Column("matter", Text, primary_key=True),
    Column("saying_id", _ID, primary_key=True, index=True),
    Column("sign", String(1), primary_key=True),
    sqlite_with_rowid=False,
)

member = Table(
    "member",
    metadata,
    Column("statement_id", _ID, primary_key=True, autoincrement=False),
    Column("saying_id", _ID, nullable=False),
    Column("article_id", _ID, nullable=False, index=True),
    Column("outlet_id", _ID, nullable=False),
    Index("ix_member_saying_outlet", "saying_id", "outlet_id"),
)

sketch = Table(
    "sketch",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("saying_id", _ID, primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

fingerprint = Table(
    "fingerprint",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    # The article's: copies are looked for within days of each other.
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("article_id", _ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

article_print = Table(
    "article_print",
    metadata,
    Column("article_id", _ID, primary_key=True, autoincrement=False),
    # The first article of its story: wire copies share it.
    Column("story", _ID, nullable=False, index=True),
    # All its fingerprints, 64 bits each, little-endian.
    Column("prints", LargeBinary, nullable=False),
)

FACTS = (outlet, article, reading, source, statement, stance, about, event, participant, matter)
VIEWS = (
    affiliation, party, party_alias, party_name, sighted, saying, saying_words, saying_matter, member, sketch,
    fingerprint, article_print,
)  # fmt: skip
"""What can be made anew from facts and decisions."""
