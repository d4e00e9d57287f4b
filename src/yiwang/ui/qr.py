"""A QR code as a few strokes of SVG: what a page on paper leads back to."""

from __future__ import annotations

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str) -> SafeString:
    """An `<svg>` for a page; black on white in every theme, so that cameras read it."""
    drawn = BytesIO()
    segno.make_qr(text, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2,
        light="#fff", svgclass="y-qr", lineclass=None, nl=False,
    )  # fmt: skip
    return mark_safe(drawn.getvalue().decode())
