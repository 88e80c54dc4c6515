"""Invented people, and twelve ways in which somebody's letter may betray them without saying so plainly.

Every spelling was written down by hand, as clerks and relatives write it. Nothing here knows how the linter compares
names: what it folds away is not what is added here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

FIRST = """
    Анђела Anđela Andjela Andela أنجيلا
    Љиљана Ljiljana Liljana Lilyana ليليانا
    Ђурђица Đurđica Djurdjica Durdica جورجيتسا
    Жељка Željka Zeljka Zhelyka جيليكا
    Јелена Jelena Elena Yelena يلينا
    Милица Milica Militsa Militza ميليتسا
    Светлана Svetlana Swetlana Svitlana سفيتلانا
    Наталия Natalija Natalia Nataliya ناتاليا
    Оксана Oksana Oxana Oksanna أوكسانا
    Юлия Julija Yuliya Iuliia يوليا
    Ірина Irina Iryna Irena إيرينا
    Галина Galina Halyna Galyna غالينا
    Ѓорѓина Gjorgjina Gjorgina Gorgina جورجينا
    Снежана Snežana Snezana Snezhana سنيجانا
    Цветелина Cvetelina Tsvetelina Zvetelina تسفيتيلينا
    Йорданка Jordanka Yordanka Iordanka يوردانكا
    Шпреса Shpresa Špresa Spresa شبريسا
    Ештрефа Eshtrefa Eštrefa Estrefa اشتريفا
    Фљора Flora Fljora Florra فلورا
    Штефания Ștefania Stefania Stephania ستيفانيا
    Маринела Marinela Marinella Marynela مارينيلا
    Айше Ayşe Ayshe Aische عائشة
    Гюлай Gülay Gulay Guelay جولاي
    Фатима Fatima Fatma Fatimah فاطمة
    Зейнаб Zeinab Zaynab Zainab زينب
    Самира Samira Sameera Samirah سميرة
    Хадиджа Khadija Hadidja Khadidja خديجة
    Мухаммад Mohammed Muhammad Mohamed محمد
    Юсуф Yusuf Youssef Jusuf يوسف
    Ибрахим Ibrahim Ebrahim Ibraheem إبراهيم
    Стеван Stevan Steven Stevann ستيفان
    Владимир Vladimir Wladimir Volodimir فلاديمير
    Душан Dušan Dusan Dushan دوشان
    Бранислав Branislav Branislaw Branyslav برانيسلاف
    Ангелина Angelina Angjelina Anghelina أنجلينا
    Благица Blagica Blagitsa Blagitza بلاغيتسا
    Грациела Graciela Graziela Gratsiela غراسييلا
    Нгози Ngozi Ngosi Ngozie نغوزي
    Чинедуа Chinedua Cinedua Tchinedua تشينيدوا
    Роксана Roxana Roksana Roxanna روكسانا
"""

LAST = """
    Ђорђевић Đorđević Djordjevic Dordevic جورجيفيتش
    Стојановић Stojanović Stojanovic Stoyanovich ستويانوفيتش
    Шљивић Šljivić Sljivic Shlivich شليفيتش
    Живковић Živković Zivkovic Zhivkovich جيفكوفيتش
    Ћирковић Ćirković Cirkovic Chirkovich تشيركوفيتش
    Чобановић Čobanović Cobanovic Chobanovich تشوبانوفيتش
    Шевченко Ševčenko Shevchenko Sevcenko شيفتشينكو
    Щербакова Ščerbakova Shcherbakova Scherbakova شيرباكوفا
    Кравчук Kravčuk Kravchuk Krawtschuk كرافتشوك
    Бондаренко Bondarenko Bondarenco Bondarenka بوندارينكو
    Георгиева Georgieva Gueorguieva Georghieva جورجييفا
    Димитрова Dimitrova Dimitrowa Dymitrova ديميتروفا
    Христова Hristova Khristova Christova خريستوفا
    Трајковска Trajkovska Traykovska Trajkowska ترايكوفسكا
    Ристевска Ristevska Ristewska Rystevska ريستيفسكا
    Красниќи Krasniqi Krasnići Krasnichi كراسنيكي
    Хоџа Hoxha Hodža Hodza خوجا
    Бериша Berisha Beriša Berisa بيريشا
    Цуркан Țurcan Turcan Tsurcan تسوركان
    Мунтяну Munteanu Muntianu Muntyanu مونتيانو
    Чебан Ceban Cheban Čeban تشيبان
    Йылмаз Yılmaz Yilmaz Jilmaz يلماز
    Шахин Şahin Shahin Sahin شاهين
    Аль-Масри al-Masri Elmasri Almasry المصري
    Хаддад Haddad Hadad Khaddad حداد
    Хусейн Hussein Husein Husain حسين
    Аббасі Abbasi Abasi Abbassi عباسي
    Рахмані Rahmani Rahmany Rachmani رحماني
    Каримова Karimova Karimowa Kerimova كريموفا
    Адебайо Adebayo Adebajo Adebaio أديبايو
    Окафор Okafor Okaphor Ocafor أوكافور
    Петровић Petrović Petrovic Petrovich بيتروفيتش
    Николић Nikolić Nikolic Nikolich نيكوليتش
    Вуковић Vuković Vukovic Vukovich فوكوفيتش
    Мартинеску Martinescu Martinesku Martynescu مارتينيسكو
    Брадваревић Bradvarević Bradvarevic Bradvarevich برادفاريفيتش
    Гашевић Gašević Gasevic Gashevich غاشيفيتش
    Зупанчич Zupančič Zupancic Zupanchich زوبانتشيتش
    Кованџић Kovandžić Kovandzic Kovandjic كوفانجيتش
    Лазаревска Lazarevska Lazarewska Lazarevskaja لازاريفسكا
"""

PLACES = """
    Прокупље Prokuplje Prokuplie Prokuplye بروكوبليه
    Лесковац Leskovac Leskowac Leskovats ليسكوفاتس
    Гњилане Gnjilane Gnilane Gjilan غنيلان
    Кумановo Kumanovo Kumanowo Koumanovo كومانوفو
    Сорока Soroca Soroka Sorocca سوروكا
    Одеса Odesa Odessa Odesza أوديسا
    Пловдив Plovdiv Plowdiv Plovdyv بلوفديف
    Шкодра Shkodra Škodra Shkoder شكودرا
    Халеб Halep Halab Haleb حلب
    Казанлак Kazanlak Kazanlyk Kasanlak كازانلاك
"""


@dataclass(frozen=True)
class Spelled:
    """One name as it is written in Cyrillic, in its own Latin letters, in two plainer ways, and in Arabic letters."""

    cyrillic: str
    latin: str
    plain: str
    other: str
    arabic: str


@dataclass(frozen=True)
class Somebody:
    """`recorded` says in which script the names lie in the store."""

    first: Spelled
    last: Spelled
    place: Spelled
    born: date
    phone: str
    recorded: str

    def answers(self) -> dict[str, str]:
        return {
            "first_name": getattr(self.first, self.recorded),
            "last_name": getattr(self.last, self.recorded),
            "place_of_birth": getattr(self.place, self.recorded),
            "date_of_birth": self.born.isoformat(),
            "phone": self.phone,
            "address": f"Улица храстова {self.born.day + 30}",
            "other_names": "",
        }


def _read(listed: str) -> list[Spelled]:
    return [Spelled(*line.split()) for line in listed.split("\n") if line.strip()]


_FIRST, _LAST, _PLACES = _read(FIRST), _read(LAST), _read(PLACES)


def somebody(rng: Random) -> Somebody:
    born = date(rng.randint(1958, 2013), rng.randint(1, 12), rng.randint(1, 28))
    phone = f"+{rng.choice(('381', '355', '389', '373', '380'))} {rng.randint(60, 69)} {rng.randint(1000000, 9999999)}"
    recorded = rng.choice(("cyrillic", "latin", "latin", "arabic"))
    return Somebody(rng.choice(_FIRST), rng.choice(_LAST), rng.choice(_PLACES), born, phone, recorded)


Disguise = Callable[[Random, Somebody], str]


def other_case(rng: Random, who: Somebody) -> str:
    name = rng.choice((getattr(who.first, who.recorded), getattr(who.last, who.recorded)))
    return rng.choice(
        (f"Doctor needed for {name.upper()}", f"a doctor for {name.lower()} please", f"Pregled: {name.title()}")
    )


def other_script(rng: Random, who: Somebody) -> str:
    script = rng.choice([one for one in ("cyrillic", "latin") if one != who.recorded])
    return f"Molimo termin, {getattr(rng.choice((who.first, who.last)), script)} čeka"


def arabic_and_latin(rng: Random, who: Somebody) -> str:
    one = rng.choice((who.first, who.last))
    if who.recorded == "arabic":
        return f"Please see {one.latin} on Monday"
    return f"الرجاء تحديد موعد لـ {one.arabic} يوم الاثنين"


def plainer(rng: Random, who: Somebody) -> str:
    return f"Appointment: {rng.choice((who.first, who.last)).plain}, in the morning"


def otherwise_spelled(rng: Random, who: Somebody) -> str:
    return f"As agreed on the phone with {rng.choice((who.first, who.last)).other}, no message"


def parted(rng: Random, who: Somebody) -> str:
    name = getattr(rng.choice((who.first, who.last)), who.recorded)
    part = rng.choice((" ", "-", "\u200b", "\u00ad", ".", "\u2060", "_", " \u00b7 "))
    return f"Doctor for {part.join(name)} today"


_LOOKALIKES = dict(zip("aeopcxyiAEOPCTXHKMB", "аеорсхуіАЕОРСТХНКМВ", strict=True))
_LOOKALIKES_BACK = {other: one for one, other in _LOOKALIKES.items()}


def lookalikes(rng: Random, who: Somebody) -> str:
    name = who.last.plain if who.recorded != "cyrillic" else who.last.cyrillic
    table = _LOOKALIKES if who.recorded != "cyrillic" else _LOOKALIKES_BACK
    some = [at for at, sign in enumerate(name) if sign in table]
    chosen = set(rng.sample(some, max(1, len(some) // 2))) if some else set()
    mixed = "".join(table[sign] if at in chosen else sign for at, sign in enumerate(name))
    return f"Interpreter wanted for {mixed}"


def in_longer_words(rng: Random, who: Somebody) -> str:
    first, last = (getattr(one, who.recorded) for one in (who.first, who.last))
    return rng.choice(
        (
            f"Write to {first.lower()}{last.lower()}{rng.randint(1, 99)} there",
            f"File: scan{last}final",
            f"Ask for {first}{last}",
            f"Chat: the{last.lower()}sister",
            f"her user is {last.lower()}_{who.born.year}",
        )
    )


def initials_and_order(rng: Random, who: Somebody) -> str:
    first, last = (getattr(one, rng.choice((who.recorded, "plain"))) for one in (who.first, who.last))
    return rng.choice(
        (f"Please see {first[0]}. {last}", f"{last} {first[0]}. comes", f"Name: {last}, {first}", f"{last} {first}")
    )


_ENDINGS = {"a": ("e", "i", "u", "om", "in"), "": ("a", "u", "om", "em", "ov")}


def in_a_sentence(rng: Random, who: Somebody) -> str:
    """Declined, as a Serbian, Ukrainian or Bulgarian sentence does with it."""
    name = who.first.plain
    stem, ending = (name[:-1], "a") if name.endswith("a") else (name, "")
    if name[-1] in "eiou":
        return f"Razgovarala sam sa {name} i sa {who.last.plain}em o pregledu"
    return f"Potreban je pregled, rekla je {stem}{rng.choice(_ENDINGS[ending])} sestra danas"


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "sr": "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
    "sr_Cyrl": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "sy": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ARABIC_FIGURES = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN_FIGURES = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def born_on(rng: Random, who: Somebody) -> str:
    day = who.born
    names = _MONTHS[rng.choice(sorted(_MONTHS))].split()
    month = names[day.month - 1].replace("_", " ")
    return "rođena " + rng.choice(
        (
            f"{day.day} {month} {day.year}",
            f"{day.day}. {month} {day.year}.",
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%Y-%m-%d}",
            f"{day:%Y/%m/%d}",
            f"{day:%d%m%Y}",
            f"{day:%Y%m%d}",
            f"{day.day}. {_ROMAN[day.month - 1]} {day.year}",
            f"{day.day}.{day.month}.{day:%y}.",
            f"{day.day}/{day.month}/{day.year}".translate(_ARABIC_FIGURES),
            f"{day.year}/{day.month}/{day.day}".translate(_PERSIAN_FIGURES),
            f"{_MONTHS['en'].split()[day.month - 1]} {day.day}, {day.year}",
        )
    )


def phoned(rng: Random, who: Somebody) -> str:
    digits = "".join(sign for sign in who.phone if sign.isdigit())
    national = "0" + digits[3:]
    return "her number " + rng.choice(
        (
            who.phone,
            digits,
            f"00{digits}",
            national,
            f"{national[:3]}/{national[3:6]}-{national[6:]}",
            f"{national[:3]} {national[3:5]} {national[5:7]} {national[7:]}",
            f"({national[:3]}) {national[3:6]}.{national[6:]}",
            "-".join(national),
            national.translate(_ARABIC_FIGURES),
            f"+{digits}".translate(_PERSIAN_FIGURES),
            f"{national[:3]} {national[3:6]} {national[6:]}".replace("0", "O"),
        )
    )


def from_there(rng: Random, who: Somebody) -> str:
    place = who.place
    spelled = [place.latin, place.plain, place.cyrillic] if who.recorded != "arabic" else [place.arabic, place.latin]
    said = rng.choice(spelled)
    return rng.choice(
        (
            f"She came from {said}",
            f"Porodica je iz mesta {said}",
            f"Not to {said.upper()}",
            f"lives near {said.lower()}",
        )
    )


DISGUISES: dict[str, Disguise] = {
    "another case of letters": other_case,
    "Latin and Cyrillic": other_script,
    "Arabic and Latin": arabic_and_latin,
    "without its marks": plainer,
    "spelled otherwise": otherwise_spelled,
    "parted letters": parted,
    "letters that look alike": lookalikes,
    "inside a longer word": in_longer_words,
    "initials, surname first": initials_and_order,
    "declined in a sentence": in_a_sentence,
    "the birthday": born_on,
    "the phone": phoned,
    "the place": from_there,
}
"""Twelve in a text of the form and one more; the properties of an image make the fourteenth, see the tests."""
