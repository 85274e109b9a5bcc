"""TEI P5: the comparison as a critical apparatus by parallel segmentation.

Source: TEI P5 Guidelines, chapter 12 (Critical Apparatus), section 12.2.3.
"""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from app.collate import Cell, Entry, Row, Span
from app.export.edition import Edition, Source

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_ID, _LANG = f"{{{_XML}}}id", f"{{{_XML}}}lang"


def write_tei(edition: Edition) -> str:
    """Return a TEI document: one `app` for each row, one `rdg` for each witness that has it.

    Inside a reading every place that differs is a `seg` whose `type` is the matter and whose
    `corresp` points to the difference, which stands in the back matter as a `note` with its
    lasting address. Characters that XML cannot hold become U+FFFD.
    """
    ET.register_namespace("", _TEI)
    root = ET.Element(f"{{{_TEI}}}TEI")
    _header(root, edition)
    text = _sub(root, "text")
    body = _sub(_sub(text, "body"), "div", type="comparison")
    for row in edition.rows:
        _row(body, edition, row)
    notes = _sub(_sub(text, "back"), "div", type="differences")
    for row in edition.rows:
        for entry in row.entries:
            _difference(notes, edition, entry)
    if not len(notes):
        _sub(notes, "p", "The readings do not differ.")
    ET.indent(root[0])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _header(root: ET.Element, edition: Edition) -> None:
    header = _sub(root, "teiHeader")
    file = _sub(header, "fileDesc")
    _sub(_sub(file, "titleStmt"), "title", edition.label)
    published = _sub(_sub(file, "publicationStmt"), "p", "Compared by Variorum: ")
    _sub(published, "ref", edition.address, target=edition.address)
    witnesses = _sub(_sub(file, "sourceDesc"), "listWit")
    for witness in edition.witnesses.values():
        source = edition.source_of(witness.id)
        wit = _sub(witnesses, "witness", n=witness.siglum)
        wit.set(_ID, _name(witness.id))
        _bibl(wit, source)
    encoding = _sub(header, "encodingDesc")
    _sub(encoding, "variantEncoding", method="parallel-segmentation", location="internal")


def _bibl(parent: ET.Element, source: Source) -> None:
    bibl = _sub(parent, "bibl")
    if source.author:
        _sub(bibl, "author", source.author)
    _sub(bibl, "title", source.headline, level="a")
    _sub(bibl, "title", source.outlet, level="j")
    if source.published:
        _sub(bibl, "date", source.published.isoformat(), when=source.published.isoformat())
    if source.url:
        _sub(bibl, "ref", source.url, target=source.url)
    _sub(bibl, "idno", source.text_hash, type="sha256")


def _row(body: ET.Element, edition: Edition, row: Row) -> None:
    block = _sub(body, "ab", n=str(edition.numbers[row.id]), type=row.kind.value)
    block.set(_ID, _name(row.id))
    app = _sub(block, "app")
    for cell in row.cells:
        reading = _sub(app, "rdg", wit=f"#{_name(cell.witness)}")
        language = edition.source_of(cell.witness).language
        if language:
            reading.set(_LANG, language)
        _fill(reading, edition.witnesses[cell.witness].text, cell, _marks(row, cell))


def _marks(row: Row, cell: Cell) -> list[tuple[Span, Entry]]:
    """Return the places of a cell that differ, in order; of two that overlap the first."""
    found = sorted(
        (
            (span, entry)
            for entry in row.entries
            for reading in entry.readings
            for place in reading.places
            if place.witness == cell.witness
            for span in place.spans
        ),
        key=lambda pair: pair[0],
    )
    kept: list[tuple[Span, Entry]] = []
    for span, entry in found:
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, entry))
    return kept


def _fill(reading: ET.Element, text: str, cell: Cell, marks: Sequence[tuple[Span, Entry]]) -> None:
    last: ET.Element | None = None
    for words, entry in _pieces(text, cell, marks):
        if entry is not None:
            last = _sub(reading, "seg", words, type=entry.matter.value)
            last.set("corresp", f"#{_name(entry.id)}")
        elif last is None:
            reading.text = (reading.text or "") + _clean(words)
        else:
            last.tail = (last.tail or "") + _clean(words)


def _pieces(
    text: str, cell: Cell, marks: Sequence[tuple[Span, Entry]]
) -> Iterator[tuple[str, Entry | None]]:
    for number, span in enumerate(cell.spans):
        if number:
            yield " ", None
        at = span.start
        for mark, entry in marks:
            if span.covers(mark):
                yield text[at : mark.start], None
                yield mark.of(text), entry
                at = mark.end
        yield text[at : span.end], None


def _difference(notes: ET.Element, edition: Edition, entry: Entry) -> None:
    note = _sub(notes, "note", type=entry.matter.value)
    note.set(_ID, _name(entry.id))
    note.set("target", edition.entry_address(entry.id))
    for compared in entry.relations:
        one, other = entry.readings[compared.a].text, entry.readings[compared.b].text
        _sub(note, "p", f"{one} / {other}: {compared.relation.value}")


def _sub(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    clean = {key: _clean(value) for key, value in attributes.items()}
    child = ET.SubElement(parent, f"{{{_TEI}}}{name}", clean)
    child.text = _clean(words) or None
    return child


def _name(key: str) -> str:
    """Return an id as XML allows it: a letter first."""
    return f"v{key}"


def _clean(words: str) -> str:
    """Replace what XML 1.0 cannot hold."""
    return "".join(char if _is_legal(ord(char)) else "\ufffd" for char in words)


def _is_legal(code: int) -> bool:
    is_text = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF
    return is_text or 0xE000 <= code <= 0xFFFD or code >= 0x10000
