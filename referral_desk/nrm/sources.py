"""From where a rule or a period comes: laws are cited as everywhere, words are said in the language spoken."""

from __future__ import annotations

from referral_desk.words import N_, _

IN_WORDS = (
    N_("Working rule of this program"),
    N_("Working rule of this program, no standard"),
    N_("Practice of k-anonymity"),
    N_("Need to know"),
    N_("Case management practice"),
    N_("National law"),
    N_("The case itself"),
    N_("the time is a working rule"),
    N_("the day is printed on the enquiry"),
    N_("Inter-agency referral form"),
    N_("Inter-agency case management guidelines"),
    N_("Statutory guidance (United Kingdom)"),
    N_("NRM Handbook 2022, agreements between organisations"),
    N_("Operational indicators of the ILO and the European Commission (2009)"),
    N_("Codebook of the Counter-Trafficking Data Collaborative"),
    N_("OSCE/ODIHR, guiding principles on the return of trafficked persons"),
    N_("UNHCR best-interests procedure guidelines"),
)
"""What is no citation; the parts of a source are set apart by semicolons."""


def said(source: str) -> str:
    """A source in the language spoken."""
    return "; ".join(_(part) for part in source.split("; ")) if source else ""
