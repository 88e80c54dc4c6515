"""Names as they are compared: one form for every way of writing, and the readings that differ by language.

Nothing of a name ever lies on the disk in a form that can be searched.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from referral_desk import words

_OWN = str.maketrans(
    {"đ": "dj", "ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ə": "a"}
    | {"ю": "ju", "я": "ja", "щ": "sc", "ы": "y", "э": "e", "ъ": "a", "ь": "", "і": "i", "є": "je", "ґ": "g", "ѕ": "dz"}
    | {"ә": "a", "ө": "o", "ү": "u", "ұ": "u", "қ": "k", "ғ": "g", "ң": "n", "һ": "h", "ӏ": "i", "ѣ": "e"}
    | dict(zip("αβγδεζηικλμνξοπρστυφχω", "avgdeziiklmnxoprstyfho", strict=True))
    | {"θ": "th", "ψ": "ps"}
    | dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢɑɡ", "abcdeghijklmnoprtuvwyzag", strict=True))
    | dict(zip("ةىٱکیہھەۃ", "هياكيههه" + "ه", strict=True))
    | {"ـ": "", "ء": ""}
)
"""Letters that do not fold by losing a mark; Cyrillic beyond Serbian, after the marks of й, ё, ї, ѓ and ќ are gone.

Of Arabic letters: what is written for one another at the end of a word, what Persian and Urdu write otherwise, the
stroke that only fills a line, and the hamza that stands alone and is often left out.
"""

_ALPHABETS = tuple(
    str.maketrans(differing)
    for differing in ({"ё": "jo", "ъ": ""}, {"г": "h", "ъ": "", "'": "", "’": ""}, {"щ": "st", "ъ": "a"})
)
"""Where Russian, Ukrainian and Bulgarian read a letter otherwise than `folded` does."""

_ROUND = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһӏкмнвт"
_LOOKS = str.maketrans(
    f"{_ROUND}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχη", "ABESIJKMHOPCTYXaesijopcyxhlkmhbtABEZHIKMNOPTYXabeikvoptuxn"
)
"""Cyrillic and Greek letters by the Latin ones they look like."""

_LOOKED_AT = str.maketrans("ABESIJKMHOPCTYXaesijopcyx", _ROUND[:25])
"""The other way round: Latin letters that may hide in a Cyrillic word."""

_SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("tsch|tch|ch|cz|ts|tz", "c"),
        ("sh|sz", "s"),
        ("sc", "s"),
        ("zh", "z"),
        ("kh", "h"),
        ("gh|gj", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dj", "d"),
        ("kj|ck|c|q", "k"),
        ("w", "v"),
        ("x", "ks"),
        ("ou|oo", "u"),
        ("ee", "i"),
        ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
        (r"\bie", "e"),
    )
)
"""Spellings of one sound, in the order they are read; what is left keeps no difference between ч, ћ, ц and к."""


def folded(text: str) -> str:
    """Text as it is compared: no case, no diacritics, nothing invisible, Cyrillic and Greek as Latin."""
    return text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """What becomes of each sign, whatever stands beside it; found out once, because an index folds millions."""

    def __missing__(self, sign: int) -> str:
        latin = words.to_latin(_bare(chr(sign).casefold()))
        bare = _bare(latin.translate(_OWN))
        self[sign] = str(unicodedata.decimal(bare, bare)) if len(bare) == 1 else bare
        return self[sign]


_FOLDS = _Folds()


def foldings(word: str) -> frozenset[str]:
    """Every reading under which a word is the same name: as folded, as it sounds, and as it looks."""
    plain = folded(word)
    found = {plain, _sounded(plain)}
    if not _is_plain_latin(word):
        lower = unicodedata.normalize("NFC", word.casefold())
        found |= {_sounded(folded(lower.translate(alphabet))) for alphabet in _ALPHABETS}
        found |= {folded(word.translate(looks)) for looks in (_LOOKS, _LOOKED_AT)}
    return frozenset(found)


def one_script(word: str) -> tuple[str, ...]:
    """A word in Latin and Cyrillic letters at once, as it looks in either script; nothing for any other word."""
    if word.isascii() or not (_A_LATIN.search(word) and _A_CYRILLIC.search(word)):
        return ()
    return word.translate(_LOOKS), word.translate(_LOOKED_AT)


_A_LATIN, _A_CYRILLIC = re.compile("[A-Za-z]"), re.compile("[\u0370-\u04ff]")


def _is_plain_latin(word: str) -> bool:
    """Whether no letter is beyond the Latin of the region: marks and all, but no Greek and no Cyrillic."""
    return all(sign < "Ͱ" for sign in word)


def visible(text: str) -> str:
    """Text without what nobody sees: characters without width, marks that belong to no letter."""
    return unicodedata.normalize("NFKC", text).translate(_SEEN)


class _Seen(dict[int, str]):
    """What is seen of each sign; found out once, because names and notes are looked through by the thousand."""

    def __missing__(self, sign: int) -> str:
        self[sign] = "" if _is_unseen(chr(sign)) else chr(sign)
        return self[sign]


_SEEN = _Seen()


def _is_unseen(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in ("Cf", "Mn", "Me") or (category == "Cc" and sign not in "\t\n\r")


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not _is_mark(sign))


def _is_mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) in ("Cf", "Mn", "Me")


_MAY_SOUND_OTHERWISE = re.compile(r"[cqwxyj]|[sztgkp]h|sz|t[sz]|ou|oo|ee|\bie|(.)\1")


def _sounded(plain: str) -> str:
    """A folded text as it sounds, however its language writes it."""
    if not _MAY_SOUND_OTHERWISE.search(plain):
        return plain
    for written, sound in _SOUNDS:
        plain = written.sub(sound, plain)
    return plain


_CONSONANTS = {
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تط", "t"),
    **dict.fromkeys("جغگڭژ", "g"),
    **dict.fromkeys("حخه", "h"),
    **dict.fromkeys("سشصچ", "s"),
    **dict.fromkeys("فڤ", "f"),
    **dict.fromkeys("قك", "k"),
    **dict(zip("درزلمن", "drzlmn", strict=True)),
    **dict.fromkeys("ذضظ", "dz"),
    **dict.fromkeys("ث", "ts"),
}
"""What is heard of an Arabic letter in Latin ones, or either of two; vowels, and ع و ي that come and go, are not."""

_DIGRAPHS = {"sch": "s", "sh": "s", "ch": "s", "kh": "h", "gh": "g", "zh": "g", "th": "t", "dh": "d", "ph": "f"}
_OTHER_DIGRAPHS = {"dj": "g", "dz": "g", "ck": "k"}
_LETTERS = str.maketrans({**dict.fromkeys("aeiouywv", ""), "q": "k", "c": "k", "x": "ks", "p": "b"})
"""What is heard in Latin letters of a name that is at home in Arabic ones."""
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLE = "ال"


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters, which nothing folds into Latin ones."""
    return any("\u0620" <= sign <= "\u06ff" for sign in word)


def without_article(word: str) -> str:
    """A folded Arabic word without the article that some write and some do not; the word itself if it has none."""
    return word[len(_ARTICLE) :] if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2 else word


def skeletons(word: str) -> frozenset[str]:
    """The consonants of a folded word, by which one name in Arabic and in Latin letters is found to be the same."""
    heard = _heard_in_arabic(word) if is_arabic(word) else _heard_in_latin(word)
    return frozenset(found for one in heard if len(found := _DOUBLED.sub(r"\1", one)) > 1)


def _heard_in_arabic(word: str) -> set[str]:
    forms = {form.removesuffix("ه") for form in (word, without_article(word))}
    choices = ([_CONSONANTS[sign] for sign in form if sign in _CONSONANTS] for form in forms)
    return {"".join(chosen) for options in choices for chosen in product(*options[:_LONGEST_SKELETON])}


def _heard_in_latin(word: str) -> set[str]:
    for written, heard in (*(_DIGRAPHS.items() if "h" in word else ()), *_OTHER_DIGRAPHS.items()):
        word = word.replace(written, heard)
    word = word.translate(_LETTERS)
    return {form.replace("j", sound) for form in (word, word.removesuffix("h")) for sound in ("", "g")}


_LONGEST_SKELETON = 12
