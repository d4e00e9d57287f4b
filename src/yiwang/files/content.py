"""What a file is, told by its bytes and not by its name; and what we cannot take. Pure."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from typing import Literal

import filetype

from yiwang.kernel.errors import BadInput
from yiwang.kernel.words import Text

Format = Literal["pdf", "jpg", "png"]
MEDIA_TYPES: dict[str, str] = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
MOST_PIXELS = 120_000_000
LONGEST_NAME = 120

_ENCRYPTED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_NO_LENGTH = {0x01, 0xD8, *range(0xD0, 0xD8)}

EMPTY = Text(
    zh="文件是空的。请重新选择文件，或者重新拍照。",
    en="The file is empty. Choose it again, or take the photo again.",
)
TOO_LARGE = Text(
    zh="文件有 {size} MB，超过了 {limit} MB 的上限。请把照片调小，或者分成几个文件上传。",
    en="The file has {size} MB; the most we take is {limit} MB. Make the photo smaller, or send "
    "the pages as separate files.",
)
WRONG_TYPE = Text(
    zh="这种文件我们打不开。请上传{accepted}文件，或者直接拍照。",
    en="We cannot open this kind of file. Send it as {accepted}, or take a photo.",
)
LOCKED = Text(
    zh="这个PDF设有密码，经办人打不开。请去掉密码后再上传，或者拍照上传。",
    en="This PDF is locked with a password, so the clerk could not open it. Remove the password, "
    "or send a photo instead.",
)
BROKEN = Text(
    zh="文件不完整，可能没有传完。请重新选择文件上传。",
    en="The file is not complete; perhaps it was cut off. Choose it again.",
)
TOO_MANY_PIXELS = Text(
    zh="图片尺寸太大（{width} × {height}）。请用较低的分辨率重新拍照或扫描。",
    en="The picture is too large ({width} × {height}). Take the photo or scan it at a lower "
    "resolution.",
)


def checked(field: str, data: bytes, accept: Sequence[str]) -> Format:
    """The format of a file we take. Raises BadInput(field) naming what is wrong and what to do."""
    if not data:
        raise BadInput(field, EMPTY)
    kind = filetype.guess(data[:8192])
    found = kind.extension if kind else ""
    if found not in MEDIA_TYPES or found not in accept:
        raise BadInput(field, WRONG_TYPE.filled(accepted=in_words(accept)))
    CHECKS[found](field, data)
    return found


def in_words(accept: Iterable[str]) -> Text:
    """`PDF、JPG 或 PNG`, `PDF, JPG or PNG`."""
    names = [one.upper() for one in accept]
    if len(names) == 1:
        return Text(zh=names[0], en=names[0])
    head, last = names[:-1], names[-1]
    return Text(zh=f" {'、'.join(head)} 或 {last} ", en=f"{', '.join(head)} or {last}")


def plain_name(name: str) -> str:
    """The last part of a file's name without control characters, at most 120 characters."""
    last = re.split(r"[\\/]", name)[-1]
    clean = "".join(c for c in last if c.isprintable()).strip(" .") or "document"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) > LONGEST_NAME and dot and len(ending) <= 8:
        return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return clean[:LONGEST_NAME]


def _check_pdf(field: str, data: bytes) -> None:
    if _ENCRYPTED.search(data):
        raise BadInput(field, LOCKED)
    if b"%%EOF" not in data[-2048:]:
        raise BadInput(field, BROKEN)


def _check_png(field: str, data: bytes) -> None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-64:]:
        raise BadInput(field, BROKEN)
    width, height = struct.unpack(">II", data[16:24])
    _check_pixels(field, width, height)


def _check_jpg(field: str, data: bytes) -> None:
    size = _size_of_jpg(data)
    if size is None or b"\xff\xd9" not in data[2:]:
        raise BadInput(field, BROKEN)
    _check_pixels(field, *size)


CHECKS = {"pdf": _check_pdf, "png": _check_png, "jpg": _check_jpg}


def _check_pixels(field: str, width: int, height: int) -> None:
    if not width or not height:
        raise BadInput(field, BROKEN)
    if width * height > MOST_PIXELS:
        raise BadInput(field, TOO_MANY_PIXELS.filled(width=width, height=height))


def _size_of_jpg(data: bytes) -> tuple[int, int] | None:
    """Width and height by the first frame header (ITU-T T.81, B.2.2); None where there is none."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF or marker in _NO_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _START_OF_FRAME:
            return _frame_size(data, at)
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _frame_size(data: bytes, at: int) -> tuple[int, int] | None:
    if at + 9 > len(data):
        return None
    height, width = struct.unpack(">HH", data[at + 5 : at + 9])
    return width, height
