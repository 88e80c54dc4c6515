"""Every sentence that the referral form itself says, beside the labels of its questions."""

from __future__ import annotations

from referral_desk.words import N_

TITLE = N_("Referral form")
CONFIDENTIAL = N_("Confidential")
REFERENCE = N_("Reference")
DAY = N_("Date")
URGENCY = N_("Urgency")
REPLY_BY = N_("Answer by")
SENDER = N_("From")
RECIPIENT = N_("To")

CONSENT = N_("Consent")
CONSENT_DAY = N_("Consent given on")
CONSENT_REFERENCE = N_("Reference of the consent")
CONSENT_ITEMS = N_("You may be told")
CONSENT_FORM = N_("Form of the consent")
CONSENT_MEANS = N_(
    "The person has agreed that you are told what stands on this form, and may withdraw this at any time. "
    "We shall then tell you, and you destroy the form. Refusing or withdrawing changes no service."
)
HELD_BACK = N_("More is recorded and is held back.")

PROTECTION = N_("Data protection")
PROTECTION_MEANS = N_(
    "This form is about a person under protection. Use it for this request only, show it to nobody who does not "
    "need it, and keep it locked away. Do not copy, photograph or forward it, and do not try to find out who the "
    "person is."
)
DESTROY_BY = N_("Destroy this form by %(day)s: %(days)d days after the day by which we ask for your answer.")
UNCONDITIONAL = N_("Assistance does not depend on cooperation with authorities.")

PAGE = N_("Page %(page)d of %(pages)d")
COPY = N_("Copy %(number)d")
COPIES = N_("Copies for:")
BASIS = N_("Legal basis:")
EARLIER = N_("Our earlier references to you")
DO_NOT_CONTACT = N_("Do NOT contact: %(whom)s")
BY_WORD_OF_MOUTH = N_("By word of mouth")
RECIPIENTS = N_("Recipients")
RECORDED_REFERRALS = N_("Referrals that were recorded")
NOTHING_PERSONAL = N_("nothing by which you could be found")
ANSWER = N_("Answer:")
BED = N_("Bed")
MEDICINES = N_("Medicines, appointments")
CHILD = N_("Child")
PRESUMED_CHILD = N_("A child, or presumed to be one")
SPEAKS = N_("Speaks")
NOT_TO_CONTACT = N_("Do not contact")
VERSION = N_("Form version %(version)s")

SLIP = N_("Reply slip")
SLIP_RETURN = N_(
    "Tick one and return it to us, or read us its three words on the phone: they are enough. Please write no names."
)
RECEIVED_ON = N_("Received on")
STARTS_ON = N_("The service starts on")
DECLINED_BECAUSE = N_("If declined: why")
SIGNATURE = N_("Signature")


BASES = {
    "CONSENT": N_("The person's consent (GDPR, art. 6(1)(a) and 9(2)(a))"),
    "DUTY": N_("A duty laid down by law for the protection of a child (CRC, art. 3; CETS 197, art. 10(4))"),
    "OWN_REQUEST": N_("The person's own request"),
    "NOBODY": N_("None is needed: it tells nothing by which anybody could be found"),
    "VITAL_INTEREST": N_("Vital interest: a life is in danger (GDPR, art. 6(1)(d) and 9(2)(c))"),
    "LEGAL_OBLIGATION": N_("A duty laid down by law (GDPR, art. 6(1)(c))"),
    "LEGAL_CLAIM": N_("A legal claim (GDPR, art. 9(2)(f))"),
    "OTHER": N_("Another ground in law"),
}
"""On what it rests that something is told; the first four may stand in a layout."""


def every() -> tuple[str, ...]:
    """All of them, in English."""
    return tuple(value for name, value in globals().items() if name.isupper() and isinstance(value, str))
