"""Ana's desk: one for the stories of a module, each with a case of its own; a new one where time passes."""

from __future__ import annotations

import pytest

from tests.letters import ana


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with ana.desk(tmp_path_factory.mktemp("ana") / "desk", ana.Clock()) as opened:
        yield opened


@pytest.fixture
def clock():
    return ana.Clock()


@pytest.fixture
def new_desk(tmp_path, clock):
    with ana.desk(tmp_path / "desk", clock) as opened:
        yield opened
