"""Whether two words are one name as it is heard, however Latin, Cyrillic and Arabic letters write it.

Each word is read as a chain of sounds. Two chains are as far apart as it costs to turn one into the other: nothing for
letters that are often written for each other, little for vowels, which Arabic leaves out, much for other consonants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

FAR = 9.0
"""Further than anything that is the same name."""

_LATIN = (
    ("gu(?=[ei])", "g"),
    ("shch|šč|schtsch|щ", "S"),
    ("dzh|dž|xh|gj|dj|đ|џ|ђ|ѓ|дж|дз|dz", "J"),
    ("tsch|tzsch|tch", "C"),
    ("sch|sh|sz|š|ș|ş|ш", "S"),
    ("ch|cz|cs|č|ć|ç|ч|ћ", "C"),
    ("zh|ž|ж", "Z"),
    ("kh|х", "H"),
    ("ts|tz|ț|ţ|ц", "c"),
    ("gh|ğ", "g"),
    ("ph", "f"),
    ("th|þ", "t"),
    ("ck|q", "k"),
    ("kj|ќ", "C"),
    ("x", "ks"),
    ("ou|oo|ue|ü|у|ў", "u"),
    ("ee|ı|и|і|ы|ї", "i"),
    ("oe|ö|ø|о", "o"),
    ("ae|ä|æ|ě|ę|ë|э|е|є", "e"),
    ("ia|ja|ya|я", "Ya"),
    ("iu|ju|yu|ю", "Yu"),
    ("ё|jo|io|yo", "Yo"),
    ("nj|ny|ñ|њ", "nY"),
    ("lj|ly|ł|љ", "lY"),
    ("y|j|й|ј", "Y"),
    ("w|в", "v"),
    ("ѕ", "z"),
    ("ъ", "a"),
)
"""Spellings of one sound in the Latin and Cyrillic letters of the region, in the order they are read."""

_READ_LATIN = tuple((re.compile(written), sound) for written, sound in _LATIN)
_ONE_BY_ONE = dict(zip("абгдзклмнпрстфґ", "abgdzklmnprstfg", strict=True)) | dict.fromkeys("ь'’ʼ`", "")

_ARABIC = {
    **dict.fromkeys("اأإآىٱ", "a"),
    **dict.fromkeys("وؤۆ", "W"),
    **dict.fromkeys("يئیېۍ", "Y"),
    **dict.fromkeys("ةۃ", "A"),
    **dict.fromkeys("هھ", "h"),
    **dict.fromkeys("ع", "E"),
    **dict.fromkeys("سصث", "s"),
    **dict.fromkeys("زظذض", "z"),
    **dict.fromkeys("طت", "t"),
    **dict.fromkeys("كکق", "k"),
    **dict.fromkeys("غگڭ", "g"),
    **dict(zip("بپفڤحخجچژشدرلمن", "bpfvhHJCZSdrlmn", strict=True)),
    **dict.fromkeys("ءـ", ""),
}
_ARABIC_PAIRS = (("تش", "چ"), ("تس", "س"), ("دج", "ج"), ("دز", "ز"))
_VOWELS = frozenset("aeiouAEWY")
_VANISHING = {"h": 0.3, "A": 0.05, "E": 0.1, "Y": 0.3, "a": 0.7, "W": 0.6}
"""What it costs to leave a sound out; other vowels and consonants cost more."""

_VOWEL_LOST, _VOWEL_UNWRITTEN, _CONSONANT_LOST = 0.7, 0.12, 1.4

_NEAR = {
    0.0: "iY YW uW oW eY vW AE Aa aE ee",
    0.1: "Hh",
    0.25: "cC CS sS zZ cs Cc ct hg JZ JC gJ Jz dJ kC ck Cs gh gH vf fW bp iE eE oE uE Jj hC HC kH kh Ya cz ks YJ Jd",
    0.4: "ae ei ou ao io oe yi ya aY aW zs dt gk iu ue vb zd st JS ZS",
}
_COST = {frozenset(pair): cost for cost, pairs in _NEAR.items() for pair in pairs.split()}

_ENDINGS = re.compile(
    "(?:ov|ev|in)(?:[aeiou]|o[gjm]|i[hm]|im[ai])?|[ei]m|om|am[ai]?|ima|oga?|e[iYj]|o[iYj]|Yu|Yo[mj]|Yi|[aeiouA]Y?$"
)
_SHORTEST_STEM, _SHORTEST_QUIET = 3, 5
"""How many sounds a name needs to be heard where it is written like one, and where it is not."""

_ARTICLE = re.compile(r"^(?:ال|[ae]l[-\s]?|[аэ]ль?-?)(?=\w{4})", re.IGNORECASE)
_ATTACHED = re.compile("^(?:و|ف)?(?:ب|ل|ك)?(?:ال)?(?=..)")


@lru_cache(maxsize=16384)
def heard(word: str) -> str:
    """A word as a chain of sounds."""
    lower = unicodedata.normalize("NFC", word.casefold())
    if any("\u0620" <= sign <= "\u06ff" for sign in lower):
        return _once(_of_arabic(lower))
    for written, sound in _READ_LATIN:
        lower = written.sub(sound, lower)
    plain = "".join(_ONE_BY_ONE.get(sign, sign) for sign in lower)
    bare = (sign for sign in unicodedata.normalize("NFD", plain) if sign.isalpha() and not unicodedata.combining(sign))
    return _once("".join(bare))


def is_arabic(word: str) -> bool:
    return any("\u0620" <= sign <= "\u06ff" for sign in word)


@lru_cache(maxsize=16384)
def forms(word: str) -> tuple[str, ...]:
    """The sounds of a word of a text, and of what it may be a form of: declined, or with what Arabic attaches."""
    return tuple(dict.fromkeys(_forms(word)))


def _forms(word: str) -> Iterator[str]:
    if is_arabic(word):
        yield heard(word)
        bare = _ATTACHED.sub("", word)
        if bare != word and len(bare) > 2:
            yield heard(bare)
        return
    whole = heard(word)
    yield whole
    article = _ARTICLE.sub("", word)
    if article != word:
        yield heard(article)
    for at in range(max(_SHORTEST_STEM, len(whole) - 5), len(whole)):
        if _ENDINGS.fullmatch(whole, at):
            yield whole[:at]


def stems(name: str) -> frozenset[str]:
    """The sounds of a name, with the vowel at its end and without it, and without an Arabic article."""
    found = set()
    for one in {name, _ARTICLE.sub("", name)}:
        whole = heard(one)
        found.add(whole)
        if len(whole) > _SHORTEST_STEM and whole[-1] in _VOWELS:
            found.add(whole[:-1])
    return frozenset(found)


def distance(one: str, other: str, *, arabic: bool, most: float) -> float:
    """What it costs to turn one chain of sounds into another; FAR as soon as it is more than `most`."""
    if abs(len(one) - len(other)) > (6 if arabic else 3):
        return FAR
    row = _first_row(other, arabic=arabic)
    for sign in one:
        lost = _lost(sign, arabic=arabic)
        former, row = row, [row[0] + lost]
        for at, wanted in enumerate(other):
            row.append(
                min(
                    former[at] + _cost(sign, wanted),
                    former[at + 1] + lost,
                    row[at] + _lost(wanted, arabic=arabic),
                )
            )
        if min(row) > most:
            return FAR
    return row[-1]


def same(word_forms: Iterable[str], name_stems: Iterable[str], *, arabic: bool, loose: bool) -> bool:
    """Whether a word is heard as a name; `loose` where it is written like one."""
    for one in name_stems:
        most = _most(one, arabic=arabic, loose=loose)
        for other in word_forms:
            if most >= 0 and _may_be(one, other) and distance(one, other, arabic=arabic, most=most) <= most:
                return True
    return False


def _most(stem: str, *, arabic: bool, loose: bool) -> float:
    """How far apart two words may be; below zero for names too short to be heard."""
    consonants = sum(sign not in _VOWELS for sign in stem)
    if len(stem) < (_SHORTEST_STEM if loose else _SHORTEST_QUIET):
        return -1
    if consonants < 2:
        return 0.15 if loose and consonants and len(stem) > _SHORTEST_STEM else -1
    if arabic and consonants < 3:
        return 0.4 if loose else 0.15
    return (0.15 if loose else 0.09) * len(stem) + (0.35 if arabic else 0)


def _may_be(one: str, other: str) -> bool:
    """Whether the first consonants are alike: nearly all words are told apart by them."""
    return any(_is_near(first, second) for first in _firsts(one) for second in _firsts(other))


def _is_near(one: str, other: str) -> bool:
    return one == other or frozenset((one, other)) in _COST


@lru_cache(maxsize=16384)
def _firsts(chain: str) -> tuple[str, ...]:
    """The first consonant, and the one after it where the first is a breath that some leave out."""
    consonants = [sign for sign in chain if sign not in _VOWELS][:2] or [""]
    return tuple(consonants[: 2 if consonants[0] in "hH" else 1])


def _first_row(other: str, *, arabic: bool) -> list[float]:
    row = [0.0]
    for sign in other:
        row.append(row[-1] + _lost(sign, arabic=arabic))
    return row


def _lost(sign: str, *, arabic: bool) -> float:
    if arabic and sign in "aeiouYW":
        return _VOWEL_UNWRITTEN if sign in "aeiou" else 0.3
    return _VANISHING.get(sign, _VOWEL_LOST if sign in _VOWELS else _CONSONANT_LOST)


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    known = _COST.get(frozenset((one, other)))
    if known is not None:
        return known
    return 0.8 if one in _VOWELS and other in _VOWELS else 1.6


def _of_arabic(word: str) -> str:
    for pair, one in _ARABIC_PAIRS:
        word = word.replace(pair, one)
    return "".join(_ARABIC.get(sign, "" if unicodedata.combining(sign) else sign) for sign in word)


def _once(chain: str) -> str:
    return re.sub(r"(.)\1+", r"\1", chain)
