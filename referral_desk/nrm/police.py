"""How police, gendarmes and prosecutors are called, in the languages of those who come and of where they come to.

What no word tells, the directory does: an organisation may be entered there as police.
"""

from __future__ import annotations

from referral_desk.nrm.spelling import bare, words_of

_BEGINNINGS = """
    polic poliz poliis politsei polițist rendőr csendőr ügyész gendarm jandarm žandar xhandarm carabinier milici militsi
    prosecutor prosecution prokur procurat procuror parchet tužilaš tužilac staatsanwalt savcı
    полиц поліц милиц міліц жандар прокур тужилаш тужилац
    αστυνομ εισαγγελ χωροφυλακ პოლიცი ոստիկան
    شرطة الشرطة بوليس البوليس پلیس پولیس پۆلیس ژاندارم دادستان دادسرا کلانتری
"""
_WORDS = """
    polis polisi poliţia poliţie poliţiei politi politiet emniyet mup mvr mvd europol interpol
    муп мвр мвд мвс النيابة ناجا فراجا آگاهی
"""
_TOGETHER = """
    law enforcement; border guard; border guards; straż graniczna; guardia civil; guardia finanza; državno odvjetništvo;
    ministry interior; ministarstvo unutrašnjih; министарство унутрашњих; министерство внутренних;
    министерство внатрешни; министерство вътрешните; міністерство внутрішніх; ministerul interne;
    içişleri bakanlığı; نیروی انتظامی;
    وزارة الداخلية; الأمن العام
"""
_ONLY_BEGIN_LIKE_IT = ("policlin", "policy", "policies")

_BEGIN_WITH = tuple(bare(_BEGINNINGS).split())
_WHOLE = frozenset(bare(_WORDS).split())
_ALL_OF = tuple(frozenset(words_of(names)) for names in _TOGETHER.split(";"))


def names_police(name: str) -> bool:
    """Whether an organisation is called police, gendarmes or prosecution in one of these languages."""
    words = [word for word in words_of(name) if not word.startswith(_ONLY_BEGIN_LIKE_IT)]
    is_one = any(word in _WHOLE or word.startswith(_BEGIN_WITH) for word in words)
    return is_one or any(together <= set(words) for together in _ALL_OF)
