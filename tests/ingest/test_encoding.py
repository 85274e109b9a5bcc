"""Bytes become the characters that were meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.encoding import decode

ENGLISH = "Kim wrote: “The glory of Russia will be immortal” – so the Kremlin says."
RUSSIAN = "Ким Чен Ын прибыл в Россию на бронепоезде и встретился с президентом. " * 5
FRENCH = "Le ministre a dit : « c’est un mensonge », à Moscou, où l’été s’achève. " * 3
POLISH = "Minister Ławrow powiedział, że to było kolejne kłamstwo. Źródła milczą. " * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
    ],
)
def test_decode_finds_the_encoding(text, encoding):
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert decoded.broken == 0


@pytest.mark.parametrize(
    "head",
    ['<meta charset="iso-8859-2">', "<meta http-equiv=x content='text/html; charset=iso-8859-2'>"],
)
def test_decode_believes_what_a_page_declares(head):
    text = f"<html><head>{head}</head><body>Źródła, że kłamstwo</body></html>"

    assert decode(text.encode("iso-8859-2"), page=True).text == text


@pytest.mark.parametrize("name", ["no-such-encoding", "hex", "rot13", "utf-16", "idna"])
def test_decode_does_not_believe_what_cannot_be(name):
    text = f'<html><head><meta charset="{name}"></head><body>“Kim” – naïve</body></html>'

    assert decode(text.encode("cp1252"), page=True).text == text


def test_decode_keeps_utf_8_with_a_few_broken_bytes():
    data = (RUSSIAN * 3).encode()[:-1]

    decoded = decode(data + b"\xff and on")

    assert decoded.encoding == "utf-8"
    assert decoded.broken > 0


def test_decode_mends_surrogates_written_as_bytes():
    assert decode(b"\xed\xa0\xbd\xed\xb8\x80 and \xed\xa0\x80").text == "\U0001f600 and \ufffd"


@given(st.binary(max_size=400), st.booleans())
def test_decode_takes_any_bytes_and_gives_what_can_be_stored(data, page):
    assert decode(data, page=page).text.encode("utf-8") is not None
