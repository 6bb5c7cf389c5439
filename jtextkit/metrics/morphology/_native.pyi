from typing import final

from _typeshed import ReadableBuffer as Buffer

def image(
    system: Buffer,
    unknown: Buffer,
    matrix: Buffer,
    characters: Buffer,
    kinds: Buffer,
    unknown_kinds: Buffer,
    flags: Buffer,
    known: int,
    used: Buffer,
    marks: Buffer,
    meta: Buffer,
    identity: Buffer,
    /,
) -> bytes: ...
def opinion(
    sums: tuple[int, ...], reference: Buffer, /
) -> tuple[float, float, float | None, float | None]: ...

@final
class Core:
    def __new__(cls, image: Buffer, identity: Buffer, portable: bool = False) -> Core: ...
    @property
    def meta(self) -> bytes: ...
    @property
    def vectorised(self) -> bool: ...
    def counts(self, text: str, /) -> tuple[int, ...] | None: ...
    def sums(self, text: str, /) -> tuple[int, ...] | None: ...
    def words(self, text: str, /) -> bytes | None: ...
