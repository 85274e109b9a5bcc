"""CSV: a line for each row of the comparison, a column for each reading."""

import csv
import io

from app.export.edition import Edition

_ACTS = ("=", "+", "-", "@", "\t", "\r")
HEAD = ("number", "id", "kind", "role", "speaker", "gist", "sure", "differences", "address")


def write_csv(edition: Edition) -> str:
    """Return the table in CSV after RFC 4180, with a header.

    One column stands for each witness, under its siglum. A field that a spreadsheet would take for
    a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    witnesses = list(edition.witnesses.values())
    table.writerow([*HEAD, *(witness.siglum for witness in witnesses)])
    for row in edition.rows:
        cells = {cell.witness: edition.words(cell) for cell in row.cells}
        facts = (
            str(edition.numbers[row.id]),
            row.id,
            row.kind.value,
            row.role,
            row.speaker or "",
            edition.gist(row),
            "no" if row.loose else "yes",
            str(len(row.entries)),
            edition.row_address(row),
        )
        said = (cells.get(witness.id, "") for witness in witnesses)
        table.writerow([_harmless(field) for field in (*facts, *said)])
    return out.getvalue()


def _harmless(field: str) -> str:
    return f"'{field}" if field.startswith(_ACTS) else field
