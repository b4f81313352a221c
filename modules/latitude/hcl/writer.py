"""HCL text: python-hcl2 writes it, ``terraform fmt`` has the last word; comments and blank lines are put in between."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import hcl2
from hcl2.const import IS_BLOCK

from latitude.hcl.lines import broken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Body = dict[str, Any]
"""A block's attributes (``Code``) and, as lists, the blocks in it; ``dynamic "label"`` has its label with it."""

_OPTIONS: Final = hcl2.DeserializerOptions(object_elements_trailing_comma=False)
_WIDTH: Final = 100
_BLOCK: Final = re.compile(r"```hcl\n(.*?)```", re.DOTALL)
_META: Final = re.compile(
    r"^((?:resource|data) [^\n]*\{\n)((?:  (?:count|for_each|provider) += [^\n]*\n)+)"
    r"(?=  (?!count|for_each|provider)\w)"
)


class Code(str):
    """An expression."""

    __slots__ = ()


def block(kind: str, labels: Sequence[str], body: Body, comments: Mapping[str, str] | None = None) -> str:
    """Return one block; ``comments`` go above the first lines that begin with their keys, or above the block."""
    tree: Any = _marked(body)
    for label in reversed(labels):
        tree = {f'"{label}"': tree}
    text = _META.sub(r"\1\2\n", _tidy(hcl2.dumps({kind: [tree]}, deserializer_options=_OPTIONS)))
    text = re.sub(r"(?<=\S\n)(?=  depends_on )", "\n", text)
    for start, comment in (comments or {}).items():
        found = re.search(rf"^( *){start}\b" if start else "^()", text, re.MULTILINE)
        if found is not None:
            lines = "".join(f"{found[1]}# {line}\n" for line in comment.splitlines())
            text = f"{text[: found.start()]}{lines}{text[found.start() :]}"
    return text


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """Return files by their paths, as ``terraform fmt`` writes them; of a document, its blocks of HCL.

    Raises:
        ValueError: one of them is no HCL.

    """
    texts = {name: text for name, text in files.items() if not name.endswith(".md")}
    documents = {name: _BLOCK.split(text) for name, text in files.items() if name.endswith(".md")}
    for name, parts in documents.items():
        texts |= {f"{name}.{number}.tf": parts[number] for number in range(1, len(parts), 2)}
    # What is too long is known once it is aligned.
    texts = _fmt({name: broken(text) for name, text in _fmt(texts).items()})
    for name, parts in documents.items():
        for number in range(1, len(parts), 2):
            parts[number] = f"```hcl\n{texts.pop(f'{name}.{number}.tf')}```"
    return texts | {name: "".join(parts) for name, parts in documents.items()}


def _fmt(texts: Mapping[str, str]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        command = ["terraform", "fmt", "-no-color", "-list=false", "-recursive", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ValueError(f"terraform fmt refused:\n{done.stderr}")
        return {name: Path(folder, name).read_text("utf-8") for name in texts}


def _marked(body: Body) -> Body:
    marked: Body = {IS_BLOCK: True}
    for key, value in body.items():
        if isinstance(value, list):
            kind, _, label = key.partition(" ")
            entries = [_marked(entry) for entry in value]
            marked.setdefault(kind, []).extend({label: entry} if label else entry for entry in entries)
        else:
            marked[key] = value if isinstance(value, str) and value.startswith('"<<') else f"${{{value}}}"
    return marked


def _tidy(text: str) -> str:
    """Leave no blank lines at the edges of blocks, one between others, and short lists on one line."""
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"([{(\[])\n\n+", r"\1\n", text)
    text = re.sub(r"\n\n+(\s*[})\]])", r"\n\1", text)
    text = re.sub(r"(for \w+(?:, \w+)? in [^\n]+ :)\n\s*", r"\1 ", text)
    text = re.sub(r"(for \w+(?:, \w+)? in [^\n]+)\n\s*(if )", r"\1 \2", text)
    text = re.sub(r"\{\n\s*(for [^\n]+)\n\s*\}", r"{ \1 }", text)
    text = re.sub(r"\[\n\s*(for [^\n]+)\n\s*\]", r"[\1]", text)
    text = re.sub(r"\{\n\}", "{}", text)
    text = re.sub(r"\[\n\s*(\"[^\n]*\")\n\s*\]", r"[\1]", text)
    return re.sub(r"([\[{]|\(\{)\n((?:[ ]+[^\n#\[\]{}]+\n)+)\s*([\]}])", _joined, text)


def _joined(found: re.Match[str]) -> str:
    opening, lines, closing = found.groups()
    entries = [line.strip().rstrip(",") for line in lines.strip().splitlines()]
    before = found.string[: found.start()].rpartition("\n")[2]
    if opening == "{" and re.fullmatch(r'\s*\S+( "?\S+"?)* ', before) is not None and "=" not in before:
        return found[0]
    space = " " if opening.endswith("{") else ""
    joined = f"{opening}{space}{', '.join(re.sub(r' +=', ' =', e) for e in entries)}{space}{closing}"
    fits = len(before) + len(joined) <= _WIDTH and (opening == "[" or len(entries) == 1)
    return joined if fits else found[0]
