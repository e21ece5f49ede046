"""Files that come with a form, while it is read: a full disk spoils the file, never the words beside it."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any, cast

from flask import Request as FlaskRequest

#: Up to so many bytes a file stays in memory.
IN_MEMORY = 500 * 1024
#: Nobody types it, and PostgreSQL cannot store it.
NUL = "\0"


class Upload(SpooledTemporaryFile[bytes]):
    """A file as it arrives. If it finds no room it is let go, and whoever reads it gets the error."""

    spoilt: OSError | None = None

    def write(self, data: Any) -> int:
        """Keep a piece of it. Where that fails, the pieces that follow are not kept either."""
        if self.spoilt is None:
            try:
                return super().write(data)
            except OSError as error:
                self.spoilt = error
        return len(data)

    def read(self, *args: Any) -> bytes:
        """Give what came. Raises the OSError because of which it is not all here."""
        if self.spoilt is not None:
            raise self.spoilt
        return super().read(*args)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place. Raises the same OSError for whoever wants to know how large it is."""
        if self.spoilt is None:
            try:
                return super().seek(offset, whence)
            except OSError as error:  # the last piece had waited to be written
                self.spoilt = error
        if whence:
            raise self.spoilt
        return 0

    def close(self) -> None:
        """Let it go: what could not be written is not written now either."""
        try:
            super().close()
        except OSError:
            if self.spoilt is None:
                raise


class Request(FlaskRequest):
    """A request whose forms survive a full disk, and hold nothing that no database can keep."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        fields = list(self.form.items(multi=True))
        if any(NUL in name + value for name, value in fields):
            kept = [(name.replace(NUL, ""), value.replace(NUL, "")) for name, value in fields]
            self.__dict__["form"] = self.parameter_storage_class(kept)

    def _get_file_stream(self, *_args: Any, **_kwargs: Any) -> Any:
        return cast("Any", Upload(max_size=IN_MEMORY, mode="rb+"))
