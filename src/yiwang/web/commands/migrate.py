"""`yiwang migrate`: bring the database's tables up to this version."""

from __future__ import annotations

from argparse import Namespace

from django.core.management import call_command


def add(words) -> None:
    """`yiwang migrate`."""
    parser = words.add_parser("migrate", help="bring the database's tables up to this version")
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> None:
    """Apply every migration that is missing."""
    call_command("migrate", interactive=False, verbosity=1)
