"""The stories of the rules happen in Serbia."""

from collections.abc import Iterator

import pytest

from referral_desk.nrm import mechanism


@pytest.fixture(autouse=True)
def in_serbia() -> Iterator[None]:
    with mechanism.at_desk("SRB", {}):
        yield
