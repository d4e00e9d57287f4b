"""Background work: removing what no row tells of."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.files.actions import sweep


@app.periodic(cron="17 3 * * *")
@app.task(name="files.sweep", queue="files")
def sweep_files(timestamp: int) -> None:
    """Once a night, remove the bytes of files whose transaction failed."""
    sweep()
