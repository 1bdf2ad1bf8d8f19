"""What can go wrong: one exception class for each kind, all of them recoupe.Error.

>>> try:
...     recoupe.compare(["a.txt"], locale="tlh")
... except recoupe.UsageError as error:
...     print(error)
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Literal, Union

__all__ = ["DamagedError", "Error", "InputError", "InputWarning", "LimitError", "MemoryRunOut", "SystemFailure", "UsageError"]


class Error(Exception):
    """`source` is the file, URL or record; `offset` the byte in it (0: it has no place); `text` one line that says what."""

    code = 0

    def __init__(self, text: str, source: str = "", offset: int = 0):
        super().__init__(text, source, offset)
        self.text = text
        self.source = source
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.source}: {self.text}" if self.source else self.text


class UsageError(Error, ValueError):
    """The caller's mistake: an option or argument that makes no sense."""

    code = 2


class InputError(Error, ValueError):
    """This input can't be used; others can."""

    code = 3


class MemoryRunOut(Error, MemoryError):
    code = 4


class LimitError(InputError):
    """A limit stated in SECURITY.md was met."""

    code = 5


class SystemFailure(Error, OSError):
    """The system refused: file, disk, network."""

    code = 6

    def __init__(self, text: str, source: str = "", offset: int = 0):
        Error.__init__(self, text, source, offset)


class DamagedError(Error):
    """A language table, index or archive is damaged or of another version."""

    code = 7


class InputWarning(UserWarning):
    """An input that could not be used was passed over."""


_BY_CODE = {kind.code: kind for kind in (UsageError, InputError, MemoryRunOut, LimitError, SystemFailure, DamagedError)}


def made_of(code: int, source: str, offset: int, text: str) -> Error:
    """The exception for a rcp_error; called by the extension."""
    return _BY_CODE.get(code, Error)(text, source or "", offset)


#: What to do about an input that can't be used: warn and go on, raise, go on silently, or call with the exception.
OnError = Union[Literal["warn", "raise", "ignore"], Callable[[Error], object]]


def complainer(errors: OnError) -> Callable[[Error], object]:
    if callable(errors):
        return errors
    if errors == "raise":
        return _raise
    if errors == "ignore":
        return lambda error: None
    if errors == "warn":
        return lambda error: warnings.warn(str(error), InputWarning, stacklevel=4)
    raise UsageError(f'errors is "warn", "raise", "ignore" or a function, not {errors!r}')


def _raise(error: Error) -> None:
    raise error
