"""Writing a file in one step: an interruption leaves the old one or the new one."""

import os
from pathlib import Path

_MODE = 0o644
_FRESH = ".essaim-"
"""How the names of files begin that are to take the place of others."""


def replace_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Put a file in place of what stands at a path, whose mode it takes; `mode` is that of a new file.

    Raises OSError when it cannot be written: what was there is then as it was.
    """
    import tempfile  # takes longer to load than an unchanged wiki to check, and that writes nothing

    kept = path.stat().st_mode if path.exists() else mode or _MODE
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_FRESH)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(kept)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def is_fresh(path: Path) -> bool:
    """Whether a file was to take the place of another, and an interruption left it."""
    return path.name.startswith(_FRESH) and path.is_file()
