"""Uploads stay in memory until they are encrypted, and never take more of it than is theirs."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

ONE_FILE = 21_000_000
ONE_REQUEST = 60_000_000


class InMemory(FileUploadHandler):
    """Keep files in memory; of one that is too large keep nothing but its true size.

    So a personal document never lies readable in a temporary folder, and whoever sends 30 MB is
    told so by the page they sent it from, not by a broken connection.
    """

    def __init__(self, request: object = None) -> None:
        super().__init__(request)
        self.kept = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.data: BytesIO | None = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the file or the whole request grew too large."""
        if self.data is None:
            return
        if start + len(raw_data) > ONE_FILE or self.kept + len(raw_data) > ONE_REQUEST:
            self.kept -= self.data.tell()
            self.data = None
            return
        self.kept += self.data.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file; one that grew too large is empty but says its size."""
        data = self.data or BytesIO()
        data.seek(0)
        return InMemoryUploadedFile(
            data,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
