"""What commands print: words in the terminal's encoding, and files in their own."""

from __future__ import annotations

import io
import sys

import typer


def print_file(text: str) -> None:
    """Print what is meant to be kept in a file, a script or a picture: in UTF-8, whatever the terminal has."""
    typer.echo(text.encode("utf-8", errors="surrogateescape"), nl=False)


def spell_out_what_the_terminal_lacks() -> None:
    """Print ``?`` for a sign that the encoding of the output doesn't have, such as with ``LC_ALL=C`` or in cp1252."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
