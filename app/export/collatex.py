"""CollateX JSON: witnesses × segments, each cell a list of tokens or null."""

import json
from typing import Any

from app.collate import Row, tokenize
from app.export.edition import Edition


def write_collatex(edition: Edition) -> str:
    """Return the alignment table in the JSON that CollateX prints: `witnesses` by siglum, `table`
    with one list for each witness, one cell for each row of the comparison. A token has "t", the
    word with the white space after it, and "n", its normal form.
    """
    witnesses = list(edition.witnesses)
    table = [[_cell(edition, row, witness) for row in edition.rows] for witness in witnesses]
    sigla = [edition.witnesses[witness].siglum for witness in witnesses]
    return json.dumps({"witnesses": sigla, "table": table}, ensure_ascii=False, indent=1) + "\n"


def _cell(edition: Edition, row: Row, witness: str) -> list[dict[str, Any]] | None:
    spans = next((cell.spans for cell in row.cells if cell.witness == witness), None)
    if spans is None:
        return None
    text = edition.witnesses[witness].text
    found: list[dict[str, Any]] = []
    for span in spans:
        tokens = tokenize(text, span)
        ends = [token.span.start for token in tokens[1:]] + [span.end]
        for token, end in zip(tokens, ends, strict=True):
            found.append({"t": text[token.span.start : end], "n": token.norm})
    return found
