"""Static files once they are collected: hashed, compressed, their addresses worked out once."""

from __future__ import annotations

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, which parses an address anew for every icon of a page."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.url = lru_cache(maxsize=256)(super().url)  # the manifest is read once a process too
