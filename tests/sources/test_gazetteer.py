"""The gazetteer: its data files are sound, and look-ups see through article, particles and endings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic import gazetteer as gz
from qawl.arabic.fold import fold
from qawl.arabic.tables import parse_table, read_table
from qawl.model import KINDS, DataError

G = gz.gazetteer()
FILES: dict[str, tuple[int, list[str]]] = {
    "titles": (250, ["title", "variants", "feminine", "plural", "class", "takes_name", "needs", "en", "note"]),
    "places": (
        600,
        ["name", "variants", "kind", "state", "nisba_m", "nisba_f", "nisba_plural", "gender", "metonym", "iso2", "en",
         "weak", "note", "qid"],
    ),
    "bodies": (300, ["name", "variants", "kind", "state", "gender", "en", "weak", "note", "qid"]),
    "media": (150, ["name", "variants", "kind", "state", "en", "weak", "note"]),
    "given_names": (1500, ["name", "variants", "gender"]),
    "source_nouns": (250, ["noun", "plural", "feminine", "kind", "gender", "note"]),
}  # fmt: skip
KNOWN: dict[str, dict[str, AbstractSet[str]]] = {
    "titles": {
        "class": {"office", "rank", "honorific", "profession", "family", "religious"},
        "takes_name": {"yes", "no"},
        "needs": {"", "body", "place"},
    },
    "places": {
        "kind": {"state", "territory", "capital", "city", "region", "continent"},
        "gender": {"m", "f"},
        "metonym": {"yes", "no"},
    },
    "bodies": {"kind": {"organization", "state", "group", "media"}, "gender": {"m", "f"}},
    "media": {"kind": {"agency", "newspaper", "tv", "site", "radio", "magazine"}},
    "given_names": {"gender": {"m", "f", "u"}},
    "source_nouns": {"kind": {*KINDS} - {"person"}, "gender": {"m", "f"}},
}
LISTS = {"variants", "feminine", "plural", "nisba_m", "nisba_f", "nisba_plural", "weak"}
ARABIC = re.compile(r"[\u0621-\u065f0-9 .+/\u0640\u0671-\u06d3()a-z]*")


def words(text: str) -> list[str]:
    return fold(text).split()


# --- the data ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_a_table_has_its_columns_enough_rows_and_known_values(file: str) -> None:
    rows = read_table(file)
    least, columns = FILES[file]
    assert list(rows[0]) == columns
    assert len(rows) >= least
    for row in rows:
        for column, values in KNOWN[file].items():
            assert row[column] in values, row


@pytest.mark.parametrize("file", FILES)
def test_a_table_names_nothing_twice(file: str) -> None:
    first = FILES[file][1][0]
    counts = Counter(fold(row[first]) for row in read_table(file))
    assert [name for name, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_lists_of_forms_have_no_empty_form_and_none_twice(file: str) -> None:
    for row in read_table(file):
        for column in LISTS & set(row):
            forms = row[column].split("|") if row[column] else []
            assert all(f == f.strip() and f for f in forms), row
            assert len(set(forms)) == len(forms), row
            assert all(ARABIC.fullmatch(f) for f in forms), row


@pytest.mark.parametrize("file", ["places", "bodies", "media"])
def test_weak_forms_are_forms_of_their_row(file: str) -> None:
    for row in read_table(file):
        forms = {row["name"]}
        for column in ("variants", "nisba_m", "nisba_f", "nisba_plural"):
            forms.update(row.get(column, "").split("|"))
        assert set(filter(None, row["weak"].split("|"))) <= forms, row


@pytest.mark.parametrize("file", ["places", "bodies", "media"])
def test_states_that_rows_name_are_in_the_table_of_places(file: str) -> None:
    names = {p.name for p in gz.places() if p.kind in ("state", "territory", "region")}
    assert [row["name"] for row in read_table(file) if row["state"] and row["state"] not in names] == []


def test_iso_codes_are_unique_and_every_state_has_one() -> None:
    codes = [p.iso2 for p in gz.places() if p.iso2]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z]{2}", c) for c in codes)
    assert [p.name for p in gz.places() if p.kind in ("state", "territory") and not p.iso2] == []


def test_there_are_as_many_states_as_in_the_united_nations_or_more() -> None:
    states = [p for p in gz.places() if p.kind == "state"]
    assert len(states) >= 195
    assert all(p.metonym for p in states)


def test_every_state_that_is_no_city_has_a_seat() -> None:
    seats = {p.state for p in gz.places() if p.kind == "capital"}
    without = [p.name for p in gz.places() if p.kind == "state" and p.name not in seats]
    assert sorted(without) == sorted(["سنغافورة", "الفاتيكان", "موناكو", "سان مارينو"])


def test_nisbas_resolve_to_their_own_place_or_to_one_that_shares_them() -> None:
    for place in gz.places():
        for nisba in place.nisba_m:
            found = G.nisba(fold(nisba), weak=True)
            assert found is not None, nisba
            shared = {fold(n) for n in (*found[0].nisba_m, *found[0].nisba_f)}
            assert fold(nisba).replace("اميرك", "امريك") in {s.replace("اميرك", "امريك") for s in shared}


def test_the_names_of_a_file_are_found_by_all_their_forms() -> None:
    entries: list[gz.Named] = [*gz.bodies(), *gz.media(), *gz.places()]
    for entry in entries:
        for form in (entry.name, *entry.variants):
            found = G.longest_body(words(form), 0, weak=True)
            assert found is not None, form
            assert found[0] == len(words(form)), form


# --- reading tables ------------------------------------------------------------------------------------------------


def test_a_table_skips_comments_and_empty_lines_and_keeps_empty_cells() -> None:
    assert parse_table("# a\n\nx\ty\n1\t\n# b\n2\t3\n", "t.tsv") == [{"x": "1", "y": ""}, {"x": "2", "y": "3"}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x\ty\n1\t2\n1\n", r"t\.tsv:3: 1 columns where the header has 2"),
        ("# only\n", r"t\.tsv: no header"),
        ("x\tx\n", r"t\.tsv:1: the header"),
    ],
)
def test_a_malformed_table_is_refused_with_file_and_line(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_table(text, "t.tsv")


def test_a_missing_table_is_a_data_error() -> None:
    with pytest.raises(DataError, match="no_such_table"):
        read_table("no_such_table")


# --- look-ups ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("وزير", "وزير"), ("الوزيرة", "وزير"), ("للوزيرة", "وزير"), ("والوزراء", "وزير"), ("الوزيران", "وزير"),
        ("نظيره", "نظير"), ("نظيرته", "نظير"), ("متحدثو", "متحدث"), ("مسؤولي", "مسؤول"), ("سفيرا", "سفير"),
        ("رئيسها", "رئيس"), ("والي", "والي"), ("محام", "محامي"), ("القضاة", "قاضي"), ("د", "د"),
        ("بالأمين العام", "أمين عام"),
        ("وزيرة الخارجية", "وزير خارجية"), ("ولي العهد", "ولي عهد"),
        ("الملكي", None), ("رئيسي", None), ("بيان", None), ("مدينة", None), ("", None),
    ],
)  # fmt: skip
def test_titles_are_found_in_any_inflection(word: str, title: str | None) -> None:
    found = G.title(fold(word))
    assert (found.title if found else None) == title


@pytest.mark.parametrize(
    ("text", "at", "length", "title"),
    [
        ("قال وزير الخارجية الأمريكي", 1, 2, "وزير خارجية"),
        ("أكدت المتحدثة باسم الوزارة", 1, 2, "متحدث باسم"),
        ("قال نائب رئيس الوزراء", 1, 3, "نائب رئيس وزراء"),
        ("قال وزير الأحلام", 1, 1, "وزير"),
    ],
)
def test_the_longest_title_wins(text: str, at: int, length: int, title: str) -> None:
    found = G.longest_title(words(text), at)
    assert found is not None
    assert (found[0], found[1].title) == (length, title)


@pytest.mark.parametrize(
    ("word", "place", "form"),
    [
        ("الأمريكي", "الولايات المتحدة", "m"), ("أميركية", "الولايات المتحدة", "f"), ("الأردنيين", "الأردن", "p"),
        ("والمصري", "مصر", "m"), ("السوداني", "السودان", "m"), ("للفلسطينيين", "فلسطين", "p"), ("تركيان", "تركيا", "p"),
            ("الروس", "روسيا", "p"),
        ("مغاربة", "المغرب", "p"), ("عمانية", "سلطنة عمان", "f"), ("كوري جنوبي", "كوريا الجنوبية", "m"),
        ("السوري", "سوريا", "m"), ("الكندية", "كندا", "f"), ("الألماني", "ألمانيا", "m"),
        ("جنوب أفريقية", "جنوب أفريقيا", "f"), ("الجنوب إفريقيين", "جنوب أفريقيا", "p"),
        ("شرق أوسطية", "الشرق الأوسط", "f"), ("أفريقية وسطى", "أفريقيا الوسطى", "f"),
    ],
)  # fmt: skip
def test_nisbas_lead_to_their_place(word: str, place: str, form: str) -> None:
    found = G.nisba(fold(word))
    assert found is not None
    assert (found[0].name, found[1]) == (place, form)


@pytest.mark.parametrize(
    "word", ["سوريا", "كوريا", "روسيا", "وزير", "مالي", "المالية", "ماليا", "طائفية", "قال", "و", ""]
)
def test_countries_and_ordinary_words_are_no_nisbas(word: str) -> None:
    assert G.nisba(fold(word)) is None


@pytest.mark.parametrize(
    ("text", "at", "length", "kind", "name"),
    [
        ("قالت منظمة الصحة العالمية اليوم", 1, 3, gz.Body, "منظمة الصحة العالمية"),
        ("وللأمم المتحدة دور", 0, 2, gz.Body, "الأمم المتحدة"),
        ("أعلنت أنقرة", 1, 1, gz.Place, "أنقرة"),
        ("بالأردن", 0, 1, gz.Place, "الأردن"),
        ("لصحيفة اليوم", 0, 2, gz.Medium, "اليوم"),
        ("نقلت وكالة أنباء الأناضول", 1, 3, gz.Medium, "وكالة الأناضول"),
        ("وكالة الأناضول للأنباء", 0, 3, gz.Medium, "وكالة الأناضول"),
        ("نيويورك تايمز", 0, 2, gz.Medium, "نيويورك تايمز"),
        ("نيويورك", 0, 1, gz.Place, "نيويورك"),
        ("الولايات المتحدة الأميركية", 0, 3, gz.Place, "الولايات المتحدة"),
        ("عمان", 0, 1, gz.Place, "عمان"),
        ("سلطنة عمان", 0, 2, gz.Place, "سلطنة عمان"),
        ("لإسرائيل", 0, 1, gz.Place, "إسرائيل"),
        ("للإمارات", 0, 1, gz.Place, "الإمارات"),
    ],
)
def test_the_longest_name_wins(text: str, at: int, length: int, kind: type, name: str) -> None:
    found = G.longest_body(words(text), at)
    assert found is not None
    assert (found[0], type(found[1]), found[1].name) == (length, kind, name)


@pytest.mark.parametrize(
    "text", ["اليوم", "فتح", "وأفاد", "كيف", "الصعيد", "جزيرة", "الحياة", "صور", "المدينة", "قال", "و",
             "جدة", "الداخلة", "المفرق", "البندقية", "الأوقاف الإسلامية"]
)  # fmt: skip
def test_ordinary_words_are_no_names_of_their_own(text: str) -> None:
    assert G.longest_body(words(text), 0) is None


@pytest.mark.parametrize(("text", "name"), [("فتح", "حركة فتح"), ("الأهرام", "الأهرام"), ("الحياة", "الحياة")])
def test_weak_names_are_taken_where_a_source_is_expected(text: str, name: str) -> None:
    found = G.longest_body(words(text), 0, weak=True)
    assert found is not None
    assert found[1].name == name


def test_the_first_word_of_a_nisba_of_two_takes_an_ending_only_where_it_is_one_itself() -> None:
    """«جنوبة أفريقية», «سانون مارينيون» were in the table."""
    endings = ("ي", "ية", "يون", "يين", "يات")
    for place in gz.places():
        for form in (*place.nisba_f, *place.nisba_plural):
            first, *rest = form.split()
            if rest:
                heads = {m.split()[0] for m in place.nisba_m}
                assert first in heads or first.endswith(endings), form


def test_a_title_in_construct_has_lost_the_nun_of_its_plural() -> None:
    """«مديرون شرطة» was in the table for «مديرو شرطة»."""
    for word, title in (("مديرو الشرطة", "مدير شرطة"), ("مديري أمن", "مدير أمن")):
        found = G.title(fold(word))
        assert found is not None
        assert found.title == title
    assert G.title(fold("مديرون شرطة")) is None


def test_a_head_noun_at_the_end_of_a_text_is_no_medium() -> None:
    assert G.longest_body(words("قالت صحيفة"), 1) is None
    assert G.longest_body(words("وكالة أنباء"), 0) is None


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("بيان", {"source:document"}),
        ("الوزارات", {"source:organization"}),
        ("حكومته", {"source:organization"}),
        ("للجنة", {"source:organization"}),
        ("النص", {"source:document"}),
        ("المتظاهرين", {"source:group"}),
        ("شهود", {"source:unnamed"}),
        ("وزير", {"title", "title:office"}),
        ("الأمريكي", {"nisba"}),
        ("وأنقرة", {"place", "place:capital"}),
        ("الرياض", {"place", "place:capital"}),
        ("رويترز", {"medium"}),
        ("أنتوني", {"given_m"}),
        ("وفاطمة", {"given_f"}),
        ("نور", {"given_m", "given_f"}),
        ("طاولة", set()),
    ],
)
def test_a_word_has_the_classes_of_its_plainest_reading(word: str, classes: set[str]) -> None:
    assert G.word_classes(fold(word)) == classes


@pytest.mark.parametrize(
    ("name", "gender"),
    [("محمد", "m"), ("فاطمة", "f"), ("أنتوني", "m"), ("أنجيلا", "f"), ("نور", ""), ("طاولة", ""), ("عبدالله", "m")],
)
def test_given_names_have_a_gender(name: str, gender: str) -> None:
    assert G.gender_of(fold(name)) == gender


@pytest.mark.parametrize(
    ("text", "length", "kind"),
    [("شهود عيان", 2, "unnamed"), ("وسائل الإعلام", 2, "media"), ("ومصادر", 1, "unnamed"), ("تقريرها", 1, "document")],
)
def test_head_nouns_of_sources_are_found(text: str, length: int, kind: str) -> None:
    found = G.longest_noun(words(text), 0)
    assert found is not None
    assert (found[0], found[1].kind) == (length, kind)


def test_nothing_is_loaded_twice() -> None:
    loaders: Iterable[Callable[[], object]] = (gz.gazetteer, gz.titles, gz.places, gz.bodies, gz.media, gz.given_names)
    assert all(load() is load() for load in loaders)


@given(st.lists(st.text(alphabet="ابتلوفكه نيمرسعةأإى", max_size=8), min_size=1, max_size=4))
def test_any_words_get_an_answer_that_stays_within_them(parts: list[str]) -> None:
    sequence = [fold(p) for p in parts]
    for i, word in enumerate(sequence):
        assert isinstance(G.word_classes(word), frozenset)
        G.title(word)
        G.nisba(word)
        for found in (
            G.longest_body(sequence, i, weak=True), G.longest_title(sequence, i), G.longest_noun(sequence, i),
        ):  # fmt: skip
            assert found is None or 1 <= found[0] <= len(sequence) - i
