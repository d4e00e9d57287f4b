"""Files the invented parents send: a drawn portrait, a page that says what it stands for. Pure."""

from __future__ import annotations

import struct
import zlib
from functools import cache

WIDTH, HEIGHT = 240, 320


@cache
def portrait() -> bytes:
    """A PNG of a drawn child's face on white, 240 × 320."""
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)
        for x in range(WIDTH):
            rows += bytes(_colour(x, y))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _colour(x: int, y: int) -> tuple[int, int, int]:
    eye = any((x - at) ** 2 + (y - 145) ** 2 < 49 for at in (95, 145))
    mouth = (x - 120) ** 2 + (y - 165) ** 2 < 900 and y > 182
    if eye or mouth:
        return (70, 50, 45) if eye else (190, 90, 90)
    if (x - 120) ** 2 + ((y - 150) * 5 // 6) ** 2 < 4900:
        return (245, 215, 190) if y > 105 else (60, 45, 40)
    return (120, 170, 190) if (x - 120) ** 2 + (y - 340) ** 2 < 12100 else (255, 255, 255)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@cache
def page(title: str) -> bytes:
    """A PDF of one page that says it is a demo document and which. `title` is plain ASCII."""
    words = ("Demo document", title, "Invented for trying out; it stands for a scan.")
    lines = b" ".join(
        b"1 0 0 1 72 %d Tm (%s) Tj" % (760 - 28 * n, text.encode("ascii", "replace"))
        for n, text in enumerate(word.replace("(", "").replace(")", "") for word in words)
    )
    stream = b"BT /F1 16 Tf " + lines + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out))
    )
