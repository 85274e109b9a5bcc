"""The optional extra: which embedder a process has, and that the real one knows languages."""

import numpy as np
import pytest

from app import semantics
from tests.glossary import Glossary


def test_without_the_extra_nothing_is_chosen(monkeypatch):
    monkeypatch.setattr(semantics, "PACKAGE", "variorum_has_no_such_package")
    semantics.configure(wanted=True)
    assert semantics.chosen() is None


def test_unless_it_is_wanted_nothing_is_chosen():
    semantics.choose(Glossary())
    semantics.configure(wanted=False)
    assert semantics.chosen() is None


@pytest.mark.skipif(not semantics.is_installed(), reason="needs the extra `semantic`")
def test_the_model_puts_one_remark_in_two_languages_together():
    model = semantics.E5()
    english, german, other = model.embed(
        ["The bridge is closed.", "Die Brücke ist gesperrt.", "It rained in the evening."]
    )
    assert np.linalg.norm(english) == pytest.approx(1, abs=1e-3)
    assert english @ german > english @ other + 0.05
    assert semantics.PACKAGE in model.name
    assert model.embed([]).shape == (0, len(english))
