"""Migrations for a test: those of today, and further ones that exist for the test alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from rmhr.core import schema

ROOT = Path(__file__).resolve().parent.parent.parent
STEP = '''"""For a test."""

import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {before!r}


def upgrade():
    {up}


def downgrade():
    {down}
'''


class Steps:
    """A copy of the migrations in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "migrations"
        shutil.copytree(ROOT / "migrations", self.folder, ignore=shutil.ignore_patterns("__pycache__"))

    @property
    def newest(self) -> str:
        """The last of them."""
        return schema.newest(str(self.folder))

    def add(self, revision: str, up: str = "pass", down: str = "pass") -> None:
        """One more, after the last. `up` and `down` are statements; what they need is `op` and `sa`."""
        text = STEP.format(revision=revision, before=self.newest, up=up, down=down)
        (self.folder / "versions" / f"{revision}_for_a_test.py").write_text(text, encoding="utf-8")
        schema._script.cache_clear()  # a program's own migrations do not change while it runs
