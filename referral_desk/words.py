"""What the program says, in the language chosen: texts, dates, countries, languages.

Texts are marked where they are written (`N_`) and looked up where they are shown (`_`). English is the
text itself. Serbian is kept in Cyrillic only; Latin is derived, because that way round loses nothing.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from referral_desk import resources

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = {"en": "English", "sr_Latn": "srpski (latinica)", "sr_Cyrl": "српски (ћирилица)", "ar": "العربية"}
"""The languages of windows and commands."""

PAPER_LANGUAGES = LANGUAGES | {
    "sq": "shqip",
    "mk": "македонски",
    "ro": "română",
    "bg": "български",
    "bs": "bosanski",
    "uk": "українська",
    "ru": "русский",
    "tr": "Türkçe",
    "fa": "فارسی",
}
"""The languages that paper speaks; the catalogues of those that windows do not speak hold the texts of paper alone."""

UNCHECKED = frozenset(PAPER_LANGUAGES) - {"en"}
"""Languages whose texts no native speaker has checked: catalogue and settings page say so, paper does not."""

DERIVED = {"sr_Latn": "sr_Cyrl"}
RIGHT_TO_LEFT = frozenset({"ar", "fa"})

_NO_COUNTRIES = frozenset({"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"})
"""Codes that CLDR can name but nobody can be a citizen of."""

_CLDR = {"en": "en_GB", "ar": "ar_001"}

T = TypeVar("T")
Given = TypeVarTuple("Given")

_process_language = ["en"]
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def N_(text: str) -> str:
    """Mark a text for the catalogue; it is looked up when it is shown."""
    return text


def _(text: str) -> str:
    """The text in the language spoken; the English text where the catalogue has none."""
    return _looked_up(language(), text) if text else ""


@lru_cache(maxsize=16384)
def _looked_up(code: str, text: str) -> str:
    return _catalogue(code).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The plural form for `count`; the number is not filled in."""
    return _catalogue(language()).ngettext(one, many, count)


def said_once(say: Callable[[*Given], T]) -> Callable[[*Given], T]:
    """Keep what is said of the same things in the same language: for what nothing else decides."""

    @lru_cache(maxsize=8192)
    def kept(_code: str, *given: *Given) -> T:
        return say(*given)

    return lambda *given: kept(language(), *given)


def language() -> str:
    """The code of the language spoken here and now, a key of PAPER_LANGUAGES."""
    return _spoken.get() or _process_language[0]


def use(code: str) -> None:
    """Speak this language from now on, in every thread."""
    _process_language[0] = code if code in LANGUAGES else "en"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while, in this thread alone: paper may differ from the window."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def is_right_to_left() -> bool:
    return language() in RIGHT_TO_LEFT


def listed(parts: Iterable[str]) -> str:
    """Several names in one sentence, parted as the language does it."""
    return _(", ").join(parts)


def isolate(text: str) -> str:
    """A code, number or date that keeps its own order inside right-to-left text: that of its first letter."""
    return f"\u2068{text}\u2069" if is_right_to_left() else text


def day(value: date) -> str:
    """A date with the month in words, so that 03/12 can never be misread; Latin digits everywhere."""
    return _days_written(value.month, language()).format(value)


@cache
def _days_written(month: int, code: str) -> str:
    """How the days of a month are written, to be filled in; without the blank that no font of ours has."""
    from babel.dates import format_date

    written = format_date(date(3333, month, 22), _written_day(code), locale=_locale(code))
    return written.replace("\u202f", " ").replace("3333", "{0.year}").replace("22", "{0.day}")


@cache
def _written_day(code: str) -> str:
    """The pattern of a day; to find it takes ten times as long as to write one."""
    from babel.dates import match_skeleton

    locale = _locale(code)
    # Four M, because Bulgarian writes a short month as a number.
    found = match_skeleton("yMMMMd", locale.datetime_skeletons)
    return str(locale.datetime_skeletons[found].pattern)


def moment(utc: datetime) -> str:
    """Day and time on the clock of this computer, of a time in UTC that does not say so, as the store keeps it."""
    here = utc.replace(tzinfo=UTC).astimezone()
    return f"{day(here.date())}, {here:%H:%M}"


def size(count: int) -> str:
    """A number of bytes as people say it: 640 kB, 12 MB, 3 GB."""
    from babel.units import format_unit

    steps = [unit for unit in _BYTES if count >= unit[0]] or _BYTES[:1]
    worth, unit = steps[-1]
    return str(format_unit(round(count / worth), unit, "short", format="0", locale=_locale(language())))


_BYTES = ((1000, "digital-kilobyte"), (1000**2, "digital-megabyte"), (1000**3, "digital-gigabyte"))


def number(value: int | Decimal) -> str:
    """With the separators of the language spoken, in Latin digits as everywhere."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_locale(language())))


def currency(code: str) -> str:
    """The name of a currency and its ISO 4217 code: names alone are alike."""
    from babel.numbers import get_currency_name

    return f"{get_currency_name(code, locale=_locale(language()))} ({code})"


def currency_of(country: str) -> str:
    """The ISO 4217 code of what is tender in a country (ISO 3166-1 alpha-3) today; empty where that is not one."""
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(alpha_2(country))
    return found[0] if len(found) == 1 else ""


@cache
def currency_codes() -> tuple[str, ...]:
    """Every ISO 4217 code that is tender somewhere today."""
    from babel.numbers import get_territory_currencies

    places = set(_locale("en").territories)
    return tuple(sorted({code for place in places for code in get_territory_currencies(place)}))


def country(code: str) -> str:
    """The name of a country by its ISO 3166-1 alpha-3 code; the code itself where CLDR has no name."""
    return str(_locale(language()).territories.get(alpha_2(code), code))


def region(code: str) -> str:
    """The name of a region or continent by its M49 code."""
    return str(_locale(language()).territories.get(code, code))


def language_name(code: str) -> str:
    """The name of a language by its ISO 639-2 code."""
    own = _ROMANI.get(language()) if code == "rom" else None
    return own or str(_locale(language()).languages.get(_language_aliases().get(code, code), code))


_ROMANI = {
    "en": "Romani",
    "sq": "romani",
    "ru": "романи",
    "uk": "романі",
    "ar": "الرومانية (لغة الروما)",
    "fa": "زبان روما (رومانی)",
}
"""Where CLDR has no name for the language of the Roma, or one that offends."""


@cache
def country_codes() -> tuple[str, ...]:
    """Every ISO 3166-1 alpha-3 code that CLDR can name."""
    names = set(_locale("en").territories) - _NO_COUNTRIES
    return tuple(sorted(long for long, short in _country_aliases().items() if short in names))


@cache
def language_codes() -> tuple[str, ...]:
    """One ISO 639-2 code for each language that CLDR can name: the one for terminology, of the macrolanguage."""
    return tuple(sorted(set(map(language_code, _language_aliases()))))


def language_code(code: str) -> str:
    """The code under which a language is listed, by any of its codes: `deu` for `ger`; others as they are."""
    short = _language_aliases().get(code, code)
    return _LISTED_AS.get(short, _long_language().get(short, code))


def alpha_2(code: str) -> str:
    """The two-letter code of a country given by three letters."""
    return _country_aliases().get(code, code)


@cache
def alpha_3(code: str) -> str | None:
    """The three-letter code of a country given by two letters; None where there is none."""
    return {short: long for long, short in _country_aliases().items()}.get(code)


def to_latin(text: str) -> str:
    """Serbian Cyrillic in Latin letters; every other character stays as it is."""
    return "".join(_latin_letter(text, at) for at in range(len(text)))


def _latin_letter(text: str, at: int) -> str:
    letter = text[at]
    latin = _CYRILLIC.get(letter.lower(), letter)
    if letter.lower() == letter or latin == letter:
        return latin
    alone_upper = len(latin) > 1 and text[at + 1 : at + 2].isupper()
    return latin.upper() if alone_upper else latin[0].upper() + latin[1:]


_DIGRAPHS = {"љ": "lj", "њ": "nj", "џ": "dž"}
_CYRILLIC = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)) | _DIGRAPHS


@cache
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(_CLDR.get(code, code))


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    from babel.messages import mofile, pofile

    with resources.path("locale", f"{DERIVED.get(code, code)}.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale=DERIVED.get(code, code))
    if code in DERIVED:
        for message in catalogue:
            message.string = _latin_string(message.string) if message.id else message.string
    compiled = BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _latin_string(string: Any) -> Any:
    return to_latin(string) if isinstance(string, str) else tuple(to_latin(part) for part in string)


@cache
def _country_aliases() -> dict[str, str]:
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    codes = (long for long in aliases if len(long) == 3 and long.isalpha() and long.isupper())
    return {long: aliases[long][0] for long in codes if long not in _NO_COUNTRY_TODAY}


# CLDR keeps them beside today's codes: SUN and RUS both lead to RU, YUG and SRB both to RS.
_PAST_OR_MADE_UP = "ANT ASC BUR CPT DDR DGA FXX NTZ QUU SCG SUN TAA TMP XAA XBB YMD YUG ZAR ZZZ"
_NO_COUNTRY_TODAY = frozenset(_PAST_OR_MADE_UP.split())


@cache
def _language_aliases() -> dict[str, str]:
    from babel.core import get_global

    names = {str(code) for code in _locale("en").languages}
    known = {long: short for long, short in get_global("language_aliases").items() if len(long) == 3 and short in names}
    return {code: code for code in names if len(code) == 3} | known


@cache
def _long_language() -> dict[str, str]:
    """Three letters by CLDR's code, where there is only one such code or CLDR's is one of three letters itself."""
    return {short: long for long, short in _language_aliases().items()} | {
        short: short for short in _language_aliases().values() if len(short) == 3
    }


# The languages that ISO 639-2 and 639-3 give more codes than one: CLDR's code, and the one for terminology.
_TERMINOLOGY = """
    ak:aka ar:ara ay:aym az:aze bo:bod cr:cre cs:ces cy:cym de:deu dz:dzo el:ell et:est eu:eus fa:fas fa_AF:prs ff:ful
    fr:fra gn:grn gu:guj hr:hrv hy:hye ik:ipk is:isl iu:iku ka:kat kg:kon kr:kau ku:kur kv:kom lv:lav mg:mlg mi:mri
    mk:mkd mn:mon ms:msa my:mya ne:nep nl:nld oj:oji om:orm or:ori ps:pus qu:que ro:ron sa:san sc:srd sk:slk sq:sqi
    sr:srp sw:swa uz:uzb yi:yid za:zha zh:zho
"""
_LISTED_AS = dict(pair.split(":") for pair in _TERMINOLOGY.split())
