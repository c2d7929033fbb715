"""A QR code as one self-contained SVG: a path without style attributes, crisp at any size and on paper."""

from collections.abc import Iterator
from itertools import groupby

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M


def drawn(text: str, label: str) -> SafeString:
    """The same as `svg`, for templates."""
    return mark_safe(svg(text, label))  # noqa: S308  our own drawing: squares and numbers


def svg(text: str, label: str) -> str:
    """`text` as `<svg …>`, read out as `label` (no markup): black on white with the quiet zone, scalable, no ids, no styles (CSP).

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
        f'role="img" aria-label="{label}"><rect width="{size}" height="{size}" fill="#fff"/>'
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
