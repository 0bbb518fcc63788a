"""Datelines and bylines: found by shape, kept apart from the body, not seen where a sentence only resembles one."""

import pytest

from qawl.model import Moment
from qawl.pages import find_dateline

REPORT = "أعلن وزير النقل سليم الراوي أن الوزارة ستبدأ في الشهر المقبل تشغيل خط قطار جديد يربط العاصمة بالساحل."
REFERENCE = Moment("2024-03-05T09:30", "minute")


@pytest.mark.parametrize(
    ("opening", "place", "day", "agency"),
    [
        ("عمان 4 نوفمبر 2023 (وكالات)", "عمان", "2023-11-04", "وكالات"),
        ("عمان 4 نوفمبر 2023 (شينخوا)", "عمان", "2023-11-04", "شينخوا"),
        ("القاهرة - رويترز:", "القاهرة", None, "رويترز"),
        ("دبي (رويترز) -", "دبي", None, "رويترز"),
        ("دبي 3 مارس (رويترز) -", "دبي", "2024-03-03", "رويترز"),
        ("الرياض ـ واس", "الرياض", None, "واس"),
        ("القدس المحتلة – 12 يناير –", "القدس المحتلة", "2024-01-12", ""),
        ("القدس المحتلة – 12 يناير 2022 –", "القدس المحتلة", "2022-01-12", ""),
        ("واشنطن، باريس - أ ف ب -", "واشنطن، باريس", None, "أ ف ب"),
        ("واشنطن - أ.ف.ب:", "واشنطن", None, "أ.ف.ب"),
        ("الرياض 26 شوال 1445 هـ الموافق 5 مايو 2024 م واس", "الرياض", "2024-05-05", "واس"),
        ("بيروت - «المرفأ»:", "بيروت", None, "المرفأ"),
        ("إسطنبول/ سامي العلي/ الأناضول", "إسطنبول", None, "الأناضول"),
        ("غزة -", "غزة", None, ""),
        ("غزة-", "غزة", None, ""),
    ],
)  # fmt: skip
def test_dateline_before_report_is_found(opening: str, place: str, day: str | None, agency: str) -> None:
    found = find_dateline(f"{opening} {REPORT}", REFERENCE)
    assert found is not None
    assert f"{opening} {REPORT}"[: found.end] == opening
    assert (found.place, found.date and found.date.iso, found.agency) == (place, day, agency)


@pytest.mark.parametrize(
    ("line", "place", "agency", "reporters"),
    [
        ("بيروت / الأناضول", "بيروت", "الأناضول", ()),
        ("نيويورك - خاص -", "نيويورك", "", ()),
        ("موسكو: صحيفتنا", "موسكو", "", ()),
        ("كتب - سامي العلي:", "", "", ("سامي العلي",)),
        ("كتبت - هدى الخطيب:", "", "", ("هدى الخطيب",)),
        ("هدى الخطيب – جدة", "جدة", "", ("هدى الخطيب",)),
        ("جدة - هدى الخطيب", "جدة", "", ("هدى الخطيب",)),
        ("سامي العلي – عين اليوم", "", "عين اليوم", ("سامي العلي",)),
        ("سامي العلي - متابعات", "", "", ("سامي العلي",)),
    ],
)  # fmt: skip
def test_line_that_is_all_dateline_is_found(line: str, place: str, agency: str, reporters: tuple[str, ...]) -> None:
    found = find_dateline(line)
    assert found is not None
    assert (found.end, found.place, found.agency, found.reporters) == (len(line), place, agency, reporters)


def test_outlet_of_article_counts_as_name_in_its_datelines() -> None:
    line = f"كوكس بازار - الضفة الأخرى: {REPORT}"
    assert find_dateline(line) is None
    found = find_dateline(line, outlet="الضفة الأخرى")
    assert found is not None
    assert found.agency == "الضفة الأخرى"


@pytest.mark.parametrize(
    "paragraph",
    [
        REPORT,
        "",
        "-",
        "وزير النقل: لن نرفع أسعار التذاكر هذا العام.",
        "الراوي: قطار الساحل ينطلق الشهر المقبل",
        "واشنطن: لن نسمح بتعطيل الملاحة في المضيق.",
        "كشفت (عكاظ) أن الوزارة تدرس رفع أسعار التذاكر.",
        "كتب سامي العلي: الطريق إلى البحر طويل.",
        "المدن (القديمة) مكان يحبه الزائر ويعود إليه.",
        "كشف لـ «عكاظ» مصدر في الوزارة أن الخط سيمتد شمالا.",
        "وشنت البلدية في 24 يوليو \"حملة نظافة\" في الأحياء القديمة.",
        "1914 - بداية بناء المحطة القديمة في المدينة.",
        "غزة كما قال الراوي - وهو من أهلها - مدينة تحب البحر.",
        "التاريخ: 5/3/2024",
        "قال الوزير - في مؤتمر صحفي - إن الخط سيمتد شمالا.",
        "في 24 أغسطس/آب 2011، تنحى مدير الشركة عن منصبه.",
        "أين: «بيت البحر» على الشاطئ الشمالي.",
    ],
)  # fmt: skip
def test_sentence_is_not_taken_for_dateline(paragraph: str) -> None:
    assert find_dateline(paragraph, REFERENCE) is None


def test_day_without_year_and_without_publication_is_still_part_of_dateline() -> None:
    found = find_dateline(f"دبي 3 مارس (رويترز) - {REPORT}")
    assert found is not None
    assert found.place == "دبي"
    assert found.agency == "رويترز"
