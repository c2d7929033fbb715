"""A QR code as one self-contained SVG: a path without style attributes, crisp at any size and on paper."""

from collections.abc import Iterator
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M


def svg(text: str) -> str:
    """`text` as `<svg …>`: black on white with the quiet zone, scalable, no ids, no styles (CSP).

    One stroke per run of dark cells: a third of the size of qrcode's own SVG, and no seams between cells in print.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    size = len(rows)
    path = "".join(
        f"M{x},{y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" '
        f'role="img" aria-label="签到二维码"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>'
    )


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """(first column, length) of each run of dark cells."""
    x = 0
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            yield x, length
        x += length
