"""Dates in text: each phenomenon by example (all invented), then properties that hold for any text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from qawl.arabic.dates import find_dates, parse_date
from qawl.arabic.fold import Folded
from qawl.arabic.tables import read_table
from qawl.model import Moment

Effort = Callable[[Callable[[], object]], int]

NOW = Moment("2023-11-04", "day")  # a Saturday
NOON = Moment("2023-11-04T12:30", "minute")


def found(text: str, reference: Moment | None = NOW) -> list[tuple[str, str | None]]:
    """The mentions of `text`, as written and as understood."""
    return [(d.span.of(text), d.moment.iso if d.moment else None) for d in find_dates(text, reference)]


# The date stands between ‹ ›; the text is read without them.
ABSOLUTE = [
    # Egypt and the Gulf
    ("وصل الوفد في ‹4 نوفمبر 2023› إلى العاصمة", "2023-11-04"),
    ("انطلقت الحملة في ‹1 يناير 2020›", "2020-01-01"),
    ("بدأت الأعمال ‹مارس 2015›", "2015-03"),
    ("افتتح المعرض في ‹إبريل 2019›", "2019-04"),
    ("ولد في ‹15 يونية 1970›", "1970-06-15"),
    ("انتهت المهلة في ‹31 ديسمبر من عام 2021›", "2021-12-31"),
    ("صدر القرار في ‹20 فبراير لعام 2018›", "2018-02-20"),
    ("في ‹أكتوبر، 2022› أغلق المصنع", "2022-10"),
    ("قبل ‹12 أغسطس 2024م› بقليل", "2024-08-12"),
    # the Levant and Iraq
    ("في ‹3 كانون الثاني 2021› صدر البيان", "2021-01-03"),
    ("في ‹28 شباط 2022›", "2022-02-28"),
    ("في ‹15 آذار 2011›", "2011-03-15"),
    ("في ‹9 نيسان 2003›", "2003-04-09"),
    ("في ‹25 أيار 2000›", "2000-05-25"),
    ("في ‹حزيران 2014›", "2014-06"),
    ("في ‹14 تموز 1958›", "1958-07-14"),
    ("في ‹4 آب 2020›", "2020-08-04"),
    ("في ‹30 أيلول 2019›", "2019-09-30"),
    ("في ‹17 تشرين الأول 2019›", "2019-10-17"),
    ("في ‹22 تشرين ثاني 1943›", "1943-11-22"),
    ("في ‹1 كانون الأول 2010›", "2010-12-01"),
    # the Maghreb
    ("‹يوم 14 جانفي 2011› فقط", "2011-01-14"),
    ("في ‹6 فيفري 2013›", "2013-02-06"),
    ("في ‹9 أفريل 2018›", "2018-04-09"),
    ("في ‹8 ماي 1945›", "1945-05-08"),
    ("في ‹19 جوان 2001›", "2001-06-19"),
    ("في ‹5 جويلية 1962›", "1962-07-05"),
    ("في ‹20 أوت 1955›", "1955-08-20"),
    ("في ‹21 غشت 2017›", "2017-08-21"),
    ("في ‹8 شتنبر 2021›", "2021-09-08"),
    ("في ‹18 نونبر 2022›", "2022-11-18"),
    ("في ‹31 دجنبر 2022›", "2022-12-31"),
    ("في ‹30 يوليوز 2019›", "2019-07-30"),
    # two names of one month
    ("في ‹7 تشرين الأول/أكتوبر 2023› بدأت الدورة", "2023-10-07"),
    ("في ‹12 آب (أغسطس) 2020›", "2020-08-12"),
    ("منذ ‹آذار/مارس 2011›", "2011-03"),
    ("منذ ‹مارس (آذار) 2015›", "2015-03"),
    ("منذ ‹مارس آذار 2010›", "2010-03"),
    ("في ‹أكتوبر/ تشرين الأول 2016›", "2016-10"),
    ("في ‹5 شباط - فبراير 2017›", "2017-02-05"),
    # figures
    ("صدر في ‹4/11/2023› عن الوزارة", "2023-11-04"),
    ("صدر في ‹2023-11-04› عن الوزارة", "2023-11-04"),
    ("صدر في ‹04-11-2023› عن الوزارة", "2023-11-04"),
    ("صدر في ‹4.11.2023›", "2023-11-04"),
    ("صدر في ‹31 / 3 / 2015م›", "2015-03-31"),
    ("صدر في ‹11/23/2023›", "2023-11-23"),
    ("المصدر: الوكالة ‹2024:02:13.08:45›", "2024-02-13T08:45"),
    ("نشر ‹2023/11/06 10:52› بتحرير الموقع", "2023-11-06T10:52"),
    ("نشر ‹06/11/2023 - 21:07›", "2023-11-06T21:07"),
    ("نشر ‹2023-11-06T09:16:05+03:00›", "2023-11-06T09:16:05+03:00"),
    ("نشر ‹2023-11-06T09:16Z›", "2023-11-06T09:16Z"),
    ("في ‹٤ نوفمبر ٢٠٢٣›", "2023-11-04"),
    ("في ‹۴ نوفمبر ۲۰۲۳›", "2023-11-04"),
    ("في ‹٠٤/١١/٢٠٢٣›", "2023-11-04"),
    # words
    ("في ‹الأول من مايو 2019›", "2019-05-01"),
    ("في ‹السابع عشر من فبراير 2011›", "2011-02-17"),
    ("في ‹الحادي والعشرين من مارس 2018›", "2018-03-21"),
    ("في ‹الثلاثين من حزيران 2013›", "2013-06-30"),
    ("في ‹أول أكتوبر 2012›", "2012-10-01"),
    ("في ‹الـ15 من نيسان 2019›", "2019-04-15"),
    # years
    ("منذ ‹عام 2015› والوزارة تعمل", "2015"),
    ("في ‹سنة 1998› تأسست الشركة", "1998"),
    ("خلال ‹العام 2013م› ارتفع الإنتاج", "2013"),
    ("مقارنة ب‹عام 2012›", "2012"),
    ("تعمل منذ ‹2011› في المدينة", "2011"),
    ("مواليد ‹1997م›", "1997"),
    ("في ‹العام الماضي 2022›", "2022"),
    # weekday beside a date: one mention
    ("اجتمعوا ‹السبت 4 نوفمبر 2023› في القصر", "2023-11-04"),
    ("اجتمعوا ‹يوم الخميس الموافق 2 نوفمبر 2023›", "2023-11-02"),
    ("اجتمعوا ‹مساء اليوم السبت 4 نوفمبر 2023›", "2023-11-04"),
    ("اجتمعوا ‹الأحد 5/11/2023›", "2023-11-05"),
    # with a time of day
    ("بدأ ‹4 نوفمبر 2023 الساعة 14:30› العمل", "2023-11-04T14:30"),
    ("بدأ ‹4 نوفمبر 2023، الساعة 9:15 مساء› العمل", "2023-11-04T21:15"),
    ("بدأ ‹الساعة الخامسة من مساء 4 نوفمبر 2023›", "2023-11-04T17"),
    ("بدأ ‹04 نوفمبر 2023 | 09:15 ص›", "2023-11-04T09:15"),
]

HIJRI = [
    ("في ‹20 ربيع الآخر 1445هـ› عقد المجلس", "2023-11-04"),
    ("في ‹1 محرم 1445› عقد المجلس", "2023-07-19"),
    ("في ‹10/10/1436هـ›", "2015-07-26"),
    ("في ‹1436/10/30هـ›", "2015-08-15"),
    ("في ‹27 / رمضان / 1436هـ›", "2015-07-14"),
    ("في ‹العاشر من محرم 1445›", "2023-07-28"),
    ("في ‹غرة شوال 1444هـ›", "2023-04-21"),
    ("في ‹5 ذي القعدة 1440 هـ›", "2019-07-08"),
    ("في ‹8 ذو الحجة 1443هـ›", "2022-07-07"),
    ("في ‹3 جماد الأول 1440هـ›", "2019-01-09"),
    ("في ‹3 جمادى الثانية 1440هـ›", "2019-02-08"),
    ("في ‹2 ربيع الأول 1440هـ›", "2018-11-10"),
    ("في ‹شهر رجب 1442هـ›", "2021-02"),
    ("في ‹عام 1436هـ› افتتح", "2015"),
    ("في ‹عام 1436› افتتح", "2015"),
    ("في ‹رمضان 2015›", "2015-07"),
    ("قبل ‹5 محرم 1300هـ›", None),
    ("بعد ‹30 محرم 1445هـ›", None),
    ("في ‹9 صفر 1342هـ›", None),
]

RELATIVE = [
    # a date without its year
    ("في ‹7 أكتوبر› انتهى العمل", "2023-10-07"),
    ("في ‹12 نوفمبر› تبدأ الدورة", "2023-11-12"),
    ("في ‹1 مايو› وقع الانفجار", "2023-05-01"),
    ("في ‹1 مايو المقبل› تبدأ الدورة", "2024-05-01"),
    ("في ‹15 يناير القادم›", "2024-01-15"),
    ("في ‹20 ديسمبر الماضي›", "2022-12-20"),
    ("في ‹3 كانون الثاني› تبدأ الدورة", "2024-01-03"),
    ("في ‹29 فبراير الماضي›", "2020-02-29"),
    ("في ‹العاشر من محرم› خرج الناس", "2023-07-28"),
    ("في ‹السابع من أكتوبر الماضي›", "2023-10-07"),
    ("في ‹5 مارس من العام الماضي›", "2022-03-05"),
    ("في ‹5 مارس من هذا العام›", "2023-03-05"),
    ("في ‹مارس الماضي›", "2023-03"),
    ("في ‹مارس› كان الأمر آخر", "2023-03"),
    ("في ‹مارس المقبل›", "2024-03"),
    ("منذ ‹نوفمبر الماضي›", "2022-11"),
    ("في ‹نوفمبر الجاري›", "2023-11"),
    ("في ‹ديسمبر (كانون الأول) العام الماضي›", "2022-12"),
    ("خلال ‹شهر رمضان الماضي›", "2023-04"),
    ("في ‹العاشر من الشهر الجاري›", "2023-11-10"),
    ("في ‹25 من الشهر الماضي›", "2023-10-25"),
    ("‹يوم 30 الجاري› تنعقد القمة", "2023-11-30"),
    ("صدر ‹السبت 14/10› عن الوزارة", "2023-10-14"),
    # days of the week
    ("أعلنت الوزارة ‹السبت› نتائجها", "2023-11-04"),
    ("أعلنت الوزارة ‹الأحد› نتائجها", "2023-10-29"),
    ("أعلنت الوزارة ‹يوم الجمعة› نتائجها", "2023-11-03"),
    ("أعلنت ‹مساء الخميس› نتائجها", "2023-11-02"),
    ("أعلنت ‹فجر يوم الأربعاء› نتائجها", "2023-11-01"),
    ("التقيا ‹الثلاثاء الماضي› في المقر", "2023-10-31"),
    ("التقيا ‹السبت الماضي› في المقر", "2023-10-28"),
    ("التقيا ‹الاثنين قبل الماضي› في المقر", "2023-10-23"),
    ("يلتقيان ‹الأحد المقبل› في المقر", "2023-11-05"),
    ("يلتقيان ‹السبت القادم› في المقر", "2023-11-11"),
    ("يلتقيان ‹الإثنين بعد المقبل› في المقر", "2023-11-13"),
    ("انتهى ‹اليوم (السبت)› المعرض", "2023-11-04"),
    ("قال ‹أمس الخميس› إنه راض", "2023-11-02"),
    ("قال ‹أمس (الجمعة)› إنه راض", "2023-11-03"),
    ("يبدأ ‹غدا الأحد› التسجيل", "2023-11-05"),
    ("يبدأ ‹بعد غد الاثنين› التسجيل", "2023-11-06"),
    ("حتى ل‹يوم الأحد› الطويل", "2023-10-29"),
    # today and its neighbours
    ("قال ‹اليوم› إنه راض", "2023-11-04"),
    ("‹صباح اليوم› وصل الوفد", "2023-11-04"),
    ("قال ‹أمس› إنه راض", "2023-11-03"),
    ("و‹أمس› وصل الوفد", "2023-11-03"),
    ("مقارنة ب‹أمس› فقط", "2023-11-03"),
    ("وصل ب‹الأمس› وفد", "2023-11-03"),
    ("وصل ‹يوم أمس› وفد", "2023-11-03"),
    ("وصل ‹البارحة› وفد", "2023-11-03"),
    ("وصل ‹الليلة الماضية› وفد", "2023-11-03"),
    ("وصل ‹الليلة قبل الماضية› وفد", "2023-11-02"),
    ("وصل ‹أول من أمس› وفد", "2023-11-02"),
    ("وصل ‹أول أمس› وفد", "2023-11-02"),
    ("وصل ‹أمس الأول› وفد", "2023-11-02"),
    ("يصل ‹غدا› وفد", "2023-11-05"),
    ("يصل ‹يوم غد› وفد", "2023-11-05"),
    ("يصل ‹بعد غد› وفد", "2023-11-06"),
    ("تصلح ل‹ليوم› وبعده", "2023-11-04"),
    # months and years counted from now
    ("كان ‹الشهر الماضي› حارا", "2023-10"),
    ("نهاية ‹الشهر المقبل›", "2023-12"),
    ("مطلع ‹الشهر الجاري›", "2023-11"),
    ("من ‹هذا الشهر›", "2023-11"),
    ("من ‹العام الماضي›", "2022"),
    ("من ‹العام قبل الماضي›", "2021"),
    ("من ‹السنة المقبلة›", "2024"),
    ("من ‹هذا العام›", "2023"),
    ("أما ل‹لشهر الماضي› فلا", "2023-10"),
    # no calendar unit but the year holds all of last week; next week lies in November
    ("زارها ‹الأسبوع الماضي› وفد", "2023"),
    ("يزورها ‹الأسبوع المقبل› وفد", "2023-11"),
    ("زارها ‹هذا الأسبوع› وفد", "2023"),
    # so long ago, so long from now
    ("زارها ‹قبل ثلاثة أيام› وفد", "2023-11-01"),
    ("زارها ‹قبل 10 أيام› وفد", "2023-10-25"),
    ("زارها ‹قبل يومين› وفد", "2023-11-02"),
    ("زارها ‹قبل خمسة عشر يوما› وفد", "2023-10-20"),
    ("تعمل ‹منذ أسبوعين› هناك", "2023-10"),
    ("زارها ‹قبل نحو شهر› وفد", "2023-10"),
    ("زارها ‹قبل ثلاثة أشهر› وفد", "2023-08"),
    ("يزورها ‹بعد شهرين› وفد", "2024-01"),
    ("زارها ‹قبل 3 سنوات› وفد", "2020"),
    ("زارها ‹قبل خمسة وعشرين عاما› وفد", "1998"),
    ("تعمل ‹منذ عامين› هناك", "2021"),
    ("زارها ‹قبل عام› وفد", "2022"),
    # too vague for a day
    ("ذكروا ‹قبل عدة أيام› كلاما آخر", "2023"),
    ("ذكروا ‹قبل أيام› كلاما آخر", "2023"),
    ("ذكروا ‹قبل سنوات› كلاما آخر", None),
    ("قالوا ‹منذ أكثر من عام› كلاما آخر", None),
    # a time of day is on the reference's day
    ("يبدأ ‹الساعة 14:30› البث", "2023-11-04T14:30"),
    ("بدأ ‹14:30 بتوقيت غرينتش› البث", "2023-11-04T14:30Z"),
    ("بحلول ‹الساعة 0711 بتوقيت جرينتش› ارتفع", "2023-11-04T07:11Z"),
    ("بدأ ‹الساعة 20:00 بتوقيت مكة المكرمة› البث", "2023-11-04T20:00+03:00"),
    ("بدأ ‹09:15 صباحا› البث", "2023-11-04T09:15"),
    ("بدأ ‹09:15 مساء› البث", "2023-11-04T21:15"),
    ("بدأ ‹09:15 م› البث", "2023-11-04T21:15"),
    ("بدأ ‹12:10 ص› البث", "2023-11-04T00:10"),
    ("بدأ ‹الساعة 12:30 ظهرا› البث", "2023-11-04T12:30"),
    ("بدأ ‹الساعة الثالثة عصرا› البث", "2023-11-04T15"),
    ("بدأ ‹الساعة السابعة والنصف مساء› البث", "2023-11-04T19:30"),
    ("بدأ ‹الساعة الثامنة إلا ربعا مساء› البث", "2023-11-04T19:45"),
    ("بدأ ‹الساعة الحادية عشرة ليلا› البث", "2023-11-04T23"),
    ("بدأ ‹الساعة الثانية بعد الظهر› البث", "2023-11-04T14"),
    ("بدأ ‹الساعة 5:30 مساء أمس› البث", "2023-11-03T17:30"),
    ("بدأ ‹الساعة الخامسة والنصف من مساء يوم الخميس الماضي›", "2023-11-02T17:30"),
    ("بدأ ‹أمس الساعة 14:30› البث", "2023-11-03T14:30"),
    ("بدأ ‹9 صباحا› البث", "2023-11-04T09"),
    # before or after noon? only the day is certain
    ("بدأ ‹الساعة الخامسة› البث", "2023-11-04"),
    ("بدأ ‹الساعة الثانية عشرة ليلا› البث", "2023-11-04"),
]

NO_DATE = [
    "مارس ضغوطا على الحكومة",
    "يمارس مارس الرياضة كل صباح",
    "هو أب لثلاثة أبناء",
    "دفع 800 أب رسوم المدرسة",
    "سكان محافظة إب اليمنية",
    "أغلق الباب بعد الدرس",
    "التقت السيدة ماي بالوفد",
    "سيارات نيسان الجديدة",
    "قال رجب إن الأمر انتهى",
    "الأمر محرم شرعا",
    "فاز فريقه 3 صفر",
    "فاز فريقه 4 / صفر",
    "أدى صلاة الجمعة في الجامع",
    "ألقى خطبة الجمعة إمام الجامع",
    "قال سالم الخميس إنه راض",
    "الدكتور السبت خبير معروف",
    "تخفيضات الجمعة السوداء",
    "تعقد الجلسات أيام الأحد والثلاثاء",
    "صار أحد الوزراء",
    "كلا الاثنين غائب",
    "في اليوم التالي هدأت المدينة",
    "احتفالات اليوم الوطني",
    "في اليوم نفسه هدأت المدينة",
    "في ذلك اليوم هدأت المدينة",
    "منذ اليوم الأول للأزمة",
    "قالت صحيفة «اليوم» إن الأمر انتهى",
    "قالت «المصري اليوم» إن الأمر انتهى",
    "قالت صحيفة اليوم إن الأمر انتهى",
    "في أمس الحاجة إلى الدواء",
    "لامس السقف بيده",
    "ذكرى ثورة 25 يناير",
    "سكان مدينة 6 أكتوبر",
    "هجمات 11 سبتمبر",
    "بعد يومين من الاجتماع",
    "بعد شهر واحد من الاجتماع",
    "بعد ثلاثة أيام تقريبا من الاجتماع",
    "بعد سنتين على رحيله",
    "قبل أسبوع من الانتخابات",
    "عاد بعد أيام إلى بلده",
    "قوامها 2023 جنديا",
    "الرقم 5.697.663 مسجل",
    "النسخة 45/13/2023 منقحة",
    "انتهت المباراة 2:30 تقريبا",
    "من أجل غد أفضل",
    "يوما بعد يوم",
    "شارك 25 في المئة",
    "",
    "no Arabic here: march, may",
]


def _marked(case: str) -> tuple[str, str]:
    """A case's text without its marks, and what is between them."""
    start, end = case.index("‹"), case.index("›")
    inside = case[start + 1 : end]
    return case[:start] + inside + case[end + 1 :], inside


@pytest.mark.parametrize(("case", "iso"), ABSOLUTE + HIJRI)
@pytest.mark.parametrize("reference", [NOW, None], ids=["reference", "no reference"])
def test_what_is_absolute_needs_no_reference(case: str, iso: str | None, reference: Moment | None) -> None:
    text, inside = _marked(case)
    assert found(text, reference) == [(inside, iso)]
    assert not find_dates(text, reference)[0].relative


@pytest.mark.parametrize(("case", "iso"), RELATIVE)
def test_what_is_relative_is_counted_from_the_reference(case: str, iso: str | None) -> None:
    text, inside = _marked(case)
    assert found(text) == [(inside, iso)]
    [mention] = find_dates(text, NOW)
    assert mention.relative


@pytest.mark.parametrize("case", [case for case, _ in RELATIVE])
def test_what_is_relative_stays_unknown_without_a_reference(case: str) -> None:
    text, inside = _marked(case)
    assert found(text, None) == [(inside, None)]
    assert find_dates(text)[0].relative


@pytest.mark.parametrize("text", NO_DATE)
def test_words_that_only_look_like_dates(text: str) -> None:
    assert found(text) == []


SEVERAL = [
    ("السبت 20 ربيع الآخر 1445هـ الموافق 4 نوفمبر 2023م",
     [("السبت 20 ربيع الآخر 1445هـ", "2023-11-04"), ("4 نوفمبر 2023م", "2023-11-04")]),
    # the crescent was seen a day later than the calendar has it: the Gregorian day decides
    ("في 19 ربيع الآخر 1445هـ الموافق 4 نوفمبر 2023",
     [("19 ربيع الآخر 1445هـ", "2023-11-04"), ("4 نوفمبر 2023", "2023-11-04")]),
    ("4 نوفمبر 2023 الموافق 20 ربيع الآخر 1445هـ",
     [("4 نوفمبر 2023", "2023-11-04"), ("20 ربيع الآخر 1445هـ", "2023-11-04")]),
    # too far apart to be one day: each says what it says
    ("10 محرم 1445هـ الموافق 4 نوفمبر 2023", [("10 محرم 1445هـ", "2023-07-28"), ("4 نوفمبر 2023", "2023-11-04")]),
    ("يومي 3 و4 نوفمبر 2023", [("يومي 3", "2023-11-03"), ("4 نوفمبر 2023", "2023-11-04")]),
    ("من 3 إلى 7 نوفمبر 2023", [("3", "2023-11-03"), ("7 نوفمبر 2023", "2023-11-07")]),
    ("من 3 مايو إلى 7 يونيو", [("3 مايو", "2023-05-03"), ("7 يونيو", "2023-06-07")]),
    ("عامي 2014 و2015", [("عامي 2014", "2014"), ("2015", "2015")]),
    ("آذار/نيسان 2011", [("نيسان 2011", "2011-04")]),
    ("يومي الجمعة والسبت", [("يومي الجمعة", "2023-11-03"), ("السبت", "2023-11-04")]),
    ("أمس وأول من أمس", [("أمس", "2023-11-03"), ("أول من أمس", "2023-11-02")]),
    ("الأسبوع الأول من مايو 2019", [("مايو 2019", "2019-05")]),
    ("في مارس من العام نفسه", [("مارس من العام نفسه", None)]),
    ("وقع في 31 فبراير 2020 خطأ", [("31 فبراير 2020", None)]),
    ("صلاة الجمعة الماضية", [("الجمعة الماضية", "2023-11-03")]),
    ("اليوم العاشر من محرم 1445", [("العاشر من محرم 1445", "2023-07-28")]),
    ("من الساعة العاشرة حتى الساعة الثانية عشرة ظهرا",
     [("الساعة العاشرة", "2023-11-04"), ("الساعة الثانية عشرة ظهرا", "2023-11-04T12")]),
    ("يومي الأحد والاثنين المقبلين", [("يومي الأحد", "2023-11-05"), ("الاثنين المقبلين", "2023-11-06")]),
    ("أمس والخميس", [("أمس", "2023-11-03"), ("الخميس", "2023-11-02")]),
    ("بيان\nالسبت\nالماضي", [("السبت", "2023-11-04")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mentions"), SEVERAL)
def test_several_mentions_and_hard_edges(text: str, mentions: list[tuple[str, str | None]]) -> None:
    assert found(text) == mentions


def test_a_written_weekday_outweighs_the_stamp_of_the_page() -> None:
    sunday = Moment("2023-11-05T01:20", "minute")
    assert found("انتهى اليوم (السبت) المعرض", sunday) == [("اليوم (السبت)", "2023-11-04")]
    assert found("قال أمس الجمعة كلاما", sunday) == [("أمس الجمعة", "2023-11-03")]


def test_hours_ago_need_the_hour_of_the_reference() -> None:
    assert found("وصل قبل ساعتين وفد", NOON) == [("قبل ساعتين", "2023-11-04T10")]
    assert found("وصل قبل 13 ساعة وفد", NOON) == [("قبل 13 ساعة", "2023-11-03T23")]
    assert found("وصل قبل ساعتين وفد", NOW) == [("قبل ساعتين", "2023-11")]  # the 3rd or the 4th


def test_the_weekday_tells_the_year() -> None:
    # 14 October was a Saturday in 2023, a Friday in 2022.
    assert found("في الجمعة 14 أكتوبر كان", NOW)[0][1] == "2022-10-14"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (Moment("2023-11", "month"), ["2022", "2023-10", None, None]),
        (Moment("2023", "year"), ["2022", None, None, None]),
        (Moment("not a date", "day"), [None] * 4),
        (Moment("2023-13-40", "day"), [None] * 4),
        (Moment("", "year"), [None] * 4),
    ],
)
def test_a_coarse_or_broken_reference_resolves_only_what_it_can(reference: Moment, expected: list[str | None]) -> None:
    text = "العام الماضي ثم الشهر الماضي ثم أمس ثم الخميس"
    assert [iso for _, iso in found(text, reference)] == expected


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_error(edge: str) -> None:
    text = "أمس وغدا والخميس والأحد المقبل وقبل 5000 سنة ومنذ أسبوعين والشهر المقبل والعام الماضي و7 أكتوبر"
    assert len(find_dates(text, Moment(edge, "day"))) == 9


@pytest.mark.parametrize(
    "unit", ["الساعة 14:30 يوم السبت كلمة كلمة ", "وتشرين الثاني ", "7 ", "12:", "1/", "«اليوم» ", "قبل "]
)
def test_a_long_monotonous_text_is_no_more_work_than_its_length(unit: str, effort: Effort) -> None:
    def steps(n: int) -> int:
        text = unit * n
        return effort(lambda: find_dates(text, NOW))

    steps(10)
    assert steps(2000) < 6 * steps(500)  # four times where it is linear, sixteen where it is not


# -- whole strings

STAMPS = [
    ("2024:02:13.08:45", "2024-02-13T08:45"),
    ("2023-11-06T09:16:00+03:00", "2023-11-06T09:16:00+03:00"),
    ("2023-11-06T09:16:00.000Z", "2023-11-06T09:16:00Z"),
    ("2023-11-06T09:16:00+0300", "2023-11-06T09:16:00+03:00"),
    ("2023-11-06 09:16:44", "2023-11-06T09:16:44"),
    ("2023-11-06", "2023-11-06"),
    ("2023-11", "2023-11"),
    ("2023", "2023"),
    ("  4 نوفمبر 2023 ", "2023-11-04"),
    ("السبت، 4 نوفمبر 2023 - 09:15 ص", "2023-11-04T09:15"),
    ("السبت 04 نوفمبر 2023 | 14:30", "2023-11-04T14:30"),
    ("٤ نوفمبر ٢٠٢٣، ٠٩:١٥ م", "2023-11-04T21:15"),
    ("14:30 - 4/11/2023", "2023-11-04T14:30"),
    ("04 نوفمبر 2023 14:30 بتوقيت غرينتش", "2023-11-04T14:30Z"),
    ("السبت 20 ربيع الآخر 1445هـ - 4 نوفمبر 2023م", "2023-11-04"),
    ("(السبت 20 ربيع الآخر 1445هـ / 4 نوفمبر 2023م)", "2023-11-04"),
    ("Mon, 06 Nov 2023 09:16:00 GMT", "2023-11-06T09:16:00Z"),
    ("Mon, 06 Nov 2023 09:16:00 +0300", "2023-11-06T09:16:00+03:00"),
    ("كتب الوزير في 4 نوفمبر 2023", None),
    ("4 نوفمبر 2023 و5 نوفمبر 2023", None),
    ("1 مايو", None),
    ("الوزير", None),
    ("hello", None),
    ("", None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("text", "iso"), STAMPS)
def test_a_page_stamp_is_read_whole(text: str, iso: str | None) -> None:
    moment = parse_date(text)
    assert (moment.iso if moment else None) == iso


def test_a_stamp_may_be_relative_to_a_reference() -> None:
    assert parse_date("7 أكتوبر", NOW) == Moment("2023-10-07", "day")
    assert parse_date("قبل ساعتين", NOON) == Moment("2023-11-04T10", "hour")


# -- offsets


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "وَقَالَ‏ الــوزير: فِي ٧ تِشْرِينَ الأَوَّلِ/أُكتوبر ٢٠٢٣ مَ، وأمسِ أيضًا"
    first, second = find_dates(text, NOW)
    assert first.span.of(text).startswith("٧ تِشْرِينَ")
    assert first.span.of(text).endswith("٢٠٢٣ مَ")
    assert second.span.of(text) == "أمسِ"


def test_a_folded_text_gives_the_same_mentions() -> None:
    text = "قال أمسِ الخميس في ٧ أكتوبر ٢٠٢٣"
    assert find_dates(Folded(text), NOW) == find_dates(text, NOW)


def test_precision_is_what_the_iso_string_holds() -> None:
    lengths = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}
    for case, _ in ABSOLUTE + HIJRI + RELATIVE:
        for mention in find_dates(_marked(case)[0], NOW):
            if mention.moment:
                iso = mention.moment.iso.removesuffix("Z").split("+")[0]
                assert len(iso) == lengths[mention.moment.precision]


# -- properties

WORDS = (
    "اليوم أمس السبت (السبت) يوم مساء من قبل بعد منذ عام شهر مارس آذار / ( ) تشرين الأول أول رمضان ذي القعدة 2023 1445 "
    "هـ م 7 ٣١ الساعة 14:30 الخامسة والنصف بتوقيت غرينتش الماضي المقبل الموافق 4/11/2023 99:99 31/31/1999 و ، عشرين "
    "ثلاثة أيام أسبوعين نحو « » الشهر العام هذا نفسه 9999 5000 سنوات غد ال كلمة والأحد 12/10 10/10/1436 إلى صباحا 0400"
).split()
REFERENCES = st.one_of(
    st.none(),
    st.dates().map(lambda d: Moment(d.isoformat(), "day")),
    st.datetimes().map(lambda d: Moment(d.isoformat(timespec="minutes"), "minute")),
    st.text(max_size=20).map(lambda t: Moment(t, "day")),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=30).map("".join),
)


@given(TEXTS, REFERENCES)
def test_any_text_gives_ordered_mentions_inside_it(text: str, reference: Moment | None) -> None:
    at = 0
    for mention in find_dates(text, reference):
        assert at <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text).strip()
        at = mention.span.end
        if mention.moment is not None and mention.moment.day is not None:
            date.fromisoformat(mention.moment.day)
    parse_date(text, reference)


@given(TEXTS)
def test_without_a_reference_what_is_relative_is_unknown(text: str) -> None:
    assert all(m.moment is None for m in find_dates(text) if m.relative)


@cache
def months() -> dict[str, dict[int, list[str]]]:
    """Month names as the data file has them: calendar to month to names."""
    names: dict[str, dict[int, list[str]]] = {"gregorian": {}, "hijri": {}}
    for row in read_table("months"):
        names[row["calendar"]].setdefault(int(row["month"]), []).append(row["name"])
    return names


def test_every_day_of_thirty_years_is_read_back_in_every_style() -> None:
    day, last, k = date(2000, 1, 1), date(2030, 12, 31), 0
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    while day <= last:
        names = months()["gregorian"][day.month]
        styles = [f"{day.day} {name} {day.year}" for name in names]
        styles.append(f"{day.day} {names[0]}/{names[-1]} {day.year}")
        styles.append(f"{day.day} {names[0]} ({names[-1]}) {day.year}".translate(eastern))
        styles += [f"{day:%Y-%m-%d}", f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", f"{day:%Y/%m/%d}"]
        # Every style comes round for every month; every day is written in two of them.
        for text in (styles[k % len(styles)], styles[(k * 7 + 3) % len(styles)]):
            assert parse_date(text) == Moment(day.isoformat(), "day"), text
        day, k = day + timedelta(days=1), k + 1


@given(
    st.integers(1343, 1500),
    st.integers(1, 12),
    st.integers(1, 30),
    st.sampled_from(["هـ", " هـ", " هجرية", ""]),
    st.data(),
)
def test_hijri_days_agree_with_the_library(year: int, month: int, day: int, era: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(months()["hijri"][month]))
    try:
        expected = Moment(Hijri(year, month, day).to_gregorian().isoformat(), "day")
    except ValueError:
        expected = None  # a month of 29 days
    assert parse_date(f"{day} {name} {year}{era}") == expected


# -- the data


def test_month_names_are_complete_and_unambiguous() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for row in read_table("months"):
        key = (row["calendar"], row["month"])
        assert seen.setdefault(row["name"], key) == key
        assert row["need"] in "0123"
        assert set(row["clitics"]) <= set("وفبلك")
    assert all(sorted(names) == list(range(1, 13)) for names in months().values())


def test_the_week_has_seven_days() -> None:
    assert {int(row["weekday"]) for row in read_table("weekdays")} == set(range(7))


def test_reading_dates_needs_no_hijri_tables_until_a_hijri_date_comes() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from qawl.arabic.dates import find_dates; find_dates('4 نوفمبر 2023');"
        "assert 'hijridate' not in sys.modules; find_dates('4 محرم 1445'); assert 'hijridate' in sys.modules"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True)
