"""What the user sees and can read later: a line per step, what goes on meanwhile, tables, and logs."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from latitude.trial.logs import Logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.console import Console, RenderableType

_INDENT: Final = 8
_DOING: Final = re.compile(r"(\w+\.[\w.]+: (?:Creating|Modifying|Destroying|Reading|Refreshing|Still)\b[\w ]*)")


class Narrator:
    """Tells the steps of a story on a console, and keeps what Terraform says in ``logs``, a file per job."""

    def __init__(self, console: Console, logs: Path, *, steps: int) -> None:
        self.console = console
        self._logs = Logs(logs)
        self._steps, self._step = steps, 0
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[doing]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show that a step goes on; then that it is done and how long it took, or that it failed."""
        self._step += 1
        number = f"{self._step:>2}/{self._steps}"
        begun = time.monotonic()
        if not self.console.is_terminal:
            self.console.print(f"   {number} {title} …")
        with self._task(f"{number} {title}"):
            try:
                yield
            except BaseException:
                self.console.print(f"[red]✗[/] {number} {title}")
                raise
        self.console.print(f"[green]✓[/] {number} {title} [dim]{time.monotonic() - begun:.1f} s")

    @contextmanager
    def job(self, name: str) -> Iterator[Callable[[str], None]]:
        """Show that a job of the step goes on; give what takes its lines, one by one."""
        with self._task(f"      {name}") as show, self._logs.listen(name) as write:

            def hear(line: str) -> None:
                write(line)
                doing = _DOING.match(line)
                if doing is not None:
                    show(doing[1])

            yield hear

    def show(self, what: RenderableType) -> None:
        """Print a table, or a sentence, as part of the step."""
        self.console.print(Padding.indent(what, _INDENT), highlight=False)

    @contextmanager
    def live(self) -> Iterator[None]:
        """Show what goes on, for as long as the block lasts."""
        with self._progress:
            yield

    @contextmanager
    def _task(self, description: str) -> Iterator[Callable[[str], None]]:
        task: Any = self._progress.add_task(description, total=None, doing="")
        try:
            yield lambda doing: self._progress.update(task, doing=doing)
        finally:
            self._progress.remove_task(task)
