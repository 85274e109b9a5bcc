import pytest

from app.store.outlets import add_outlet, find_outlet, make_siglum
from tests.factories import make_collection


@pytest.mark.parametrize(
    ("name", "siglum"),
    [
        ("The Morning Gazette", "MG"),
        ("Reuters", "RE"),
        ("BBC", "BBC"),
        ("CounterCurrents", "CC"),
        ("Bank of England and the Treasury", "BET"),
        ("Meridian Wire (demonstration)", "MW"),
        ("Новая газета", "НГ"),
        ("U", "UU"),
        ("!", "X"),
        (None, "U1"),
    ],
)
def test_make_siglum_takes_initials(name, siglum):
    assert make_siglum(name, set()) == siglum


def test_make_siglum_is_unlike_every_other():
    assert make_siglum("Morning Gazette", {"MG", "MG2"}) == "MG3"
    assert make_siglum(None, {"U1"}) == "U2"


def test_add_outlet_knows_a_name_again_and_never_an_unknown_one(db):
    own = make_collection(db).id
    first = add_outlet(db, own, "Morning  Gazette")
    assert add_outlet(db, own, "morning gazette").id == first.id
    assert find_outlet(db, own, "MORNING GAZETTE").id == first.id
    assert add_outlet(db, own, None).id != add_outlet(db, own, None).id
