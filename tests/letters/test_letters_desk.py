"""A whole practice desk on paper: whoever reads the file, its text, its bytes or its properties, finds nobody."""

from __future__ import annotations

import os
from datetime import date

import pytest

from referral_desk import store
from referral_desk.errors import DeskError
from referral_desk.exchange import practice
from referral_desk.letters import documents, layout, marks, samples
from referral_desk.letters.documents import Errand
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import Service
from referral_desk.store.names import folded
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.letters.test_letters_property import everything_in

CASES = int(os.environ.get("CASES", "10"))
"""How many cases are read; `CASES=500 make test only="tests/letters/test_letters_desk.py"` reads a large desk."""

SEALED = ("first_name", "last_name", "other_names", "place_of_birth", "phone", "address")


def practised(folder, **wanted):
    made = store.create(
        folder,
        passphrase="five random words of hers",
        recovery_key=new_recovery_key(),
        cost=FLOOR,
        purpose=store.Purpose.PRACTICE,
    )
    practice.fill(made, **wanted)
    return made


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    with practised(tmp_path_factory.mktemp("practice") / "desk", cases=CASES, seed=7) as desk:
        yield desk


def identifiers(case):
    """What must stand nowhere: names and numbers as they are folded, but words that every form has."""
    person = case.latest(Person)
    told = [str(getattr(person, name) or "") for name in SEALED] if person else []
    words = {folded(word) for text in told for word in text.split() if len(word) > 4}
    return {case.code, *(word for word in words if word not in marks.common_words() and word != "street")}


def birthday(case):
    person = case.latest(Person)
    born = person.date_of_birth if person else None
    return born.first if isinstance(born, PartialDate) and born.first == born.last else None


def written(day: date):
    return {
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day} {day:%b %Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%Y%m%d}",
    }


def errands(case):
    """Every paper that could be asked for in a case, of each document and referral one."""
    referrals = case.taken(Referral)
    found = []
    for laid in layout.every():
        if laid.about == "referral":
            found += [Errand(laid.name, referral=step.id) for step in referrals]
        elif laid.about == "case":
            recipient = referrals[-1].recipient if referrals else ""
            services = (referrals[-1].services if referrals else None) or frozenset()
            found.append(Errand(laid.name, case.id, recipient=recipient, services=services))
    return found


def anonymous_papers(desk, case_id):
    """Every anonymous paper of a case that can be made."""
    with desk.work() as work:
        case = work.case(case_id)
        wanted = errands(case)
    for errand in wanted:
        laid = layout.named(errand.document)
        if laid.recipient == "organisation" and laid.level != "C_IDENT":
            whole = errand if errand.services else Errand(**vars(errand) | {"services": frozenset({Service.ACC})})
            try:
                yield documents.checked(desk, whole)
            except DeskError:
                continue


def test_no_paper_of_a_practice_desk_holds_anybody(invented):
    with invented.work(unsealed=False) as work:
        ids = work.case_ids()
    made = 0
    for case_id in ids:
        with invented.work() as work:
            case = work.case(case_id)
            wanted, born = identifiers(case), birthday(case)
        for letter in anonymous_papers(invented, case_id):
            held = everything_in(letter.pdf)
            assert not [name for name in wanted if folded(name) in held]
            assert not born or not [day for day in written(born) if folded(day) in held]
            made += 1

    assert made > CASES


def test_the_same_paper_is_the_same_file_until_it_leaves(invented):
    with invented.work(unsealed=False) as work:
        referral = next(step for id_ in work.case_ids() for step in work.case(id_).taken(Referral))
    for errand in (Errand("rights", referral.case_id), Errand("who_knows", referral.case_id)):
        assert documents.checked(invented, errand).pdf == documents.checked(invented, errand).pdf


def test_a_text_of_any_length_flows_on_in_every_document(invented, monkeypatch):
    endless = " ".join(f"measure{number}" for number in range(900))
    laid = layout.read(
        f'version = "1"\ntitle = "Long"\nabout = "case"\nrecipient = "person"\nbasis = "OWN_REQUEST"\n'
        f'lead = ["{endless}"]\n'
        f'signatures = ["{endless[:400]}"]\n[[block]]\nheading = "{endless[:300]}"\ntext = ["{endless}"]\n'
        f'ticks = ["{endless[:900]}"]\nblanks = ["{endless[:500]}"]\n',
        file="long.toml",
    )
    monkeypatch.setattr(layout, "named", lambda _name: laid)
    with invented.work(unsealed=False) as work:
        case_id = work.case_ids()[0]

    letter = documents.checked(invented, Errand("long", case_id))

    held = everything_in(letter.pdf)
    assert all(f"measure{number}" in held for number in (0, 450, 899))


def test_every_document_is_made_of_a_practice_desk_whatever_recipients_answered_there(tmp_path, monkeypatch):
    monkeypatch.setattr(samples, "LANGUAGES", ("en",))
    with practised(tmp_path / "desk", cases=samples.ENOUGH, seed=1) as desk:
        made, left = samples.write(desk, tmp_path)

    assert left == ()
    assert {file.name for file in tmp_path.glob("*.pdf")} == {f"{one.name}-en.pdf" for one in layout.every()}
    assert made == len(layout.every())
