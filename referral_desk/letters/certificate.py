"""The certificate of an erasure: what went, what stays, and who else holds paper. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator

from referral_desk import words
from referral_desk.erasure import Certificate
from referral_desk.letters.report import Part, Printed, Report, printed
from referral_desk.words import _


def certificate(of: Certificate, *, language: str) -> Printed:
    """The certificate on paper; in another language as good as in the one that was spoken when it happened."""
    with words.speaking(language):
        report = Report(
            title=_("Certificate of erasure"),
            reference=of.plan.code,
            sender=(of.organisation, ""),
            day=words.day(of.day),
            lead=(of.sentence,),
            parts=tuple(_parts(of)),
            is_signed=True,
        )
        return printed(report, language=language)


def _parts(of: Certificate) -> Iterator[Part]:
    yield Part(_("What was erased"), of.erased)
    yield Part(_("What stays"), of.plan.stays)
    if of.plan.recipients:
        told = _("They hold paper about the case and must be told (GDPR, art. 19).")
        yield Part(_("Other organisations"), of.plan.recipients, small=told)
