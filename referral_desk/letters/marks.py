"""By what a text can give somebody away: its words, numbers and dates, however they are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from referral_desk import resources
from referral_desk.letters import numbers, sounds
from referral_desk.store.names import folded, foldings, one_script, visible

_WORD = re.compile(r"[^\W\d_]{2,}")
_SIGN = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT = re.compile(
    r"(?<=[A-Za-zÀ-ɏ])(?=[\u0370-\u06ff])|(?<=[\u0370-\u052f])(?=[A-Za-zÀ-ɏ\u0600-\u06ff])"
    r"|(?<=[\u0600-\u06ff])(?=[A-Za-zÀ-ɏ\u0370-\u052f])"
)
_HYPHEN = r"(?:\s*[-‐‑‒–]\s*\n\s*|[-‐‑‒–.·'’_*]+)"
_HYPHENED = re.compile(rf"[^\W\d_]+(?:{_HYPHEN}[^\W\d_]+)+")
_SPELLED = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}(?:[\W_]{1,3}[^\W\d_]{1,2}){2,}(?![^\W_])")
_BEGINS = re.compile(r"(?:^|[.!?…][\"'”’“»)]*\s|\n)[\s\"'“„«•*–—-]*$")
_SHORTENED = re.compile(r"(?<![^\W_])(?:[^\W\d_a-zа-я][^\W\d_]?|Mrs|Prof)\.\s$")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_POSSESSED = "(?:ov|ev|in)(?:[aeiou]|o[gjm]|i[hm])?"
_ENDINGS = re.compile(f"a|e|i|o|u|y|om|em|ei|ama?|ima|{_POSSESSED}|[ji]u|og|oga|oj|oi")
"""By which a name is declined in the languages of the region; `Jelena`, `Jelene`, `Jelenin`."""

_SHORT_ENDINGS = re.compile(f"[aeiou]|om|ei|{_POSSESSED}")
"""The same for names of three letters, where a word more is soon another word."""


@dataclass(frozen=True)
class Marks:
    """`text` is folded and in single spaces, `squeezed` its letters alone; `numbers` are digits alone, six and more.

    `words` have three letters and more, in every folding; `raised` are those of two and more that are written like a
    name, with a capital that begins no sentence; `short` have two letters and any capital. `spelled` are letters
    that stand one by one or two by two. `said` are words as they were typed, folded, and whether they are raised.
    """

    text: str
    squeezed: str
    words: frozenset[str]
    raised: frozenset[str]
    short: frozenset[str]
    spelled: str
    numbers: frozenset[str]
    days: frozenset[date]
    said: frozenset[tuple[str, str, bool]] = frozenset()

    def without(self, own: Marks) -> Marks:
        """What is left when every word and day is taken away that is the form's own; texts and numbers stay."""
        known = own.words | own.short
        return replace(
            self,
            words=self.words - known,
            raised=self.raised - known,
            short=self.short - known,
            days=self.days - own.days,
            said=frozenset(one for one in self.said if one[1] not in known),
        )

    def joined(self, other: Marks) -> Marks:
        """Those of two texts together; nothing is found that begins in one and ends in the other."""
        return Marks(
            text=f"{self.text}\n{other.text}",
            squeezed=f"{self.squeezed}\n{other.squeezed}",
            words=self.words | other.words,
            raised=self.raised | other.raised,
            short=self.short | other.short,
            spelled=f"{self.spelled}\n{other.spelled}",
            numbers=self.numbers | other.numbers,
            days=self.days | other.days,
            said=self.said | other.said,
        )

    def without_words(self) -> Marks:
        """Numbers and days alone."""
        nothing = frozenset[str]()
        return Marks("", "", nothing, nothing, nothing, "", self.numbers, self.days)

    def holds(self, phrase: str) -> bool:
        """Whether a folded phrase stands here, word by word."""
        at = self.text.find(phrase)
        while at >= 0:
            around = f"{self.text[at - 1 : at] if at else ''}{self.text[at + len(phrase) : at + len(phrase) + 1]}"
            if not any(sign.isalnum() for sign in around):
                return True
            at = self.text.find(phrase, at + 1)
        return False

    def has_number(self, known: str) -> bool:
        return any(known in number for number in self.numbers)


def marks(text: str) -> Marks:
    seen = visible(text)
    plain = " ".join(folded(seen).split())
    words = list(_words_of(seen))
    return Marks(
        text=plain,
        squeezed="".join(_SIGN.findall(plain)),
        words=_folded(word for word in _readings(seen, words) if len(word) > 2),
        raised=_folded(_raised(seen)),
        short=_folded(word for word in words if len(word) == 2 and word[0].isupper()),
        spelled=" ".join("".join(_SIGN.findall(folded(found))) for found in _SPELLED.findall(seen)),
        numbers=frozenset(numbers.digits(seen)),
        days=frozenset(numbers.days(plain)),
        said=frozenset(_said(seen)),
    )


def _said(seen: str) -> Iterator[tuple[str, str, bool]]:
    """Every word of three letters and more; one in letters of two scripts as either of them would read it.

    Arabic has no capitals: any word may be a name.
    """
    raised = set(_raised(seen))
    for word in set(_words_of(seen)):
        if len(word) > 2:
            plain = _plain(word)
            is_raised = word in raised or (len(word) > 3 and sounds.is_arabic(word))
            yield word, plain, is_raised
            yield from ((other, plain, is_raised) for other in one_script(word))


def as_names(seen: Marks) -> Marks:
    """The same where every word may be a name, as in properties: a sentence is never written there."""
    return replace(seen, said=frozenset((word, plain, True) for word, plain, _raised in seen.said))


def is_heard(left: Marks, names: Iterable[tuple[frozenset[str], bool]]) -> bool:
    """Whether a name is heard among the words of a text, in whatever letters it is written."""
    wanted = list(names)
    words = [one for one in left.said if one[1] not in common_words()] if wanted else []
    return any(
        sounds.same(sounds.forms(word), stems, arabic=is_arabic is not sounds.is_arabic(word), loose=raised)
        for stems, is_arabic in wanted
        for word, _plain, raised in words
    )


def ways_to_reach(text: str) -> frozenset[str]:
    """Every address of e-mail and every phone or identity number: not dates, hours or years."""
    seen = visible(text)
    return frozenset(numbers.called(seen)) | frozenset(found.casefold() for found in _MAIL.findall(seen))


def same_word(word: str, name: str, *, raised: bool = False) -> bool:
    """Whether a folded word is a name, declined or not; a common word is no form of a short one, unless `raised`."""
    if word == name:
        return True
    if len(name) < 5 and not raised and word in common_words():
        return False
    endings = _ENDINGS if len(name) > 3 else _SHORT_ENDINGS
    return len(name) > 2 and any(_is_declined(word, stem, endings) for stem in _stems(name))


def any_same(words: Iterable[str], names: Iterable[str], *, raised: bool = False) -> bool:
    """Whether any of the words is one of the names; compared only where two letters agree."""
    beginning: dict[str, list[str]] = {}
    for word in words:
        beginning.setdefault(word[:2], []).append(word)
    return any(same_word(word, name, raised=raised) for name in names for word in beginning.get(name[:2], ()))


@cache
def common_words() -> frozenset[str]:
    """Words of every day: written with a capital they are no name, and nothing that sounds like them is one."""
    return frozenset(word for listed in _listed().values() for word in listed)


@cache
def words_of_places() -> frozenset[str]:
    """Words that stand in many addresses and identify nobody even in a short answer."""
    return frozenset(_listed()["english"]) | frozenset(_listed()["serbian"])


@cache
def _listed() -> dict[str, list[str]]:
    return tomllib.loads(resources.path("letters", "common_words.toml").read_text(encoding="utf-8"))


def _stems(name: str) -> Iterator[str]:
    """What stays of a name when it is declined: `Jelen`, `Petar` and `Petr`."""
    yield name[:-1] if name[-1] in "aeiou" else name
    if len(name) > 4 and name.endswith(("ar", "ac")):
        yield f"{name[:-2]}{name[-1]}"


def _is_declined(word: str, stem: str, endings: re.Pattern[str]) -> bool:
    """A stem that ends in `i` may be the whole form: `Mariji` sounds like `Mari`."""
    if word == stem:
        return len(stem) > 3 and stem.endswith("i")
    return word.startswith(stem) and endings.fullmatch(word, len(stem)) is not None


def _readings(seen: str, words: Iterable[str]) -> Iterator[str]:
    """The words of a text as they stand, parted where a capital or another script follows, and joined where parted."""
    for word in set(words):
        yield word
        if not (word.islower() or word.isupper() or word.istitle()):
            yield from _words_of("".join(_parted(word)))
        if not word.isascii():
            yield from _words_of(_OTHER_SCRIPT.sub(" ", word))
    yield from ("".join(_SIGN.findall(found)) for found in _HYPHENED.findall(seen))


def _parted(word: str) -> Iterator[str]:
    for former, sign in zip(" " + word, word, strict=False):
        yield f" {sign}" if former.islower() and sign.isupper() else sign


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folding for word in set(words) for folding in _foldings(word))


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    return folded(word)


@lru_cache(maxsize=16384)
def _foldings(word: str) -> frozenset[str]:
    plain = _plain(word)
    return frozenset([plain]) if plain in common_words() else foldings(word)


def _raised(seen: str) -> Iterator[str]:
    """A text in capitals alone says nothing of its words."""
    if seen == seen.upper():
        return
    for found in _WORD.finditer(seen):
        if found[0][0].isupper() and not _begins_sentence(seen[max(0, found.start() - 12) : found.start()]):
            yield found[0]


def _begins_sentence(before: str) -> bool:
    """Judged by the little that stands before: the end of another sentence, of a line, or nothing."""
    return _BEGINS.search(before) is not None and _SHORTENED.search(before) is None
