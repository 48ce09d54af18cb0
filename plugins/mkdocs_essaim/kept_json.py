"""What a build keeps for the next as JSON: written in one step, for its owner's eyes, not read when damaged."""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

from essaim.workspace.replacing import replace_file


def load_json(path: Path, version: int) -> Any:
    """Return what a file keeps, None when it is missing, damaged, or of another version."""
    try:
        checksum, _, text = path.read_bytes().partition(b"\n")
        return json.loads(text) if checksum == _checksum(text, version) else None
    except (OSError, ValueError):
        return None


def save_json(path: Path, data: Any, version: int) -> None:
    """Keep something in a file, in place of what it kept."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    replace_file(path, _checksum(text, version) + b"\n" + text, 0o600)


def _checksum(text: bytes, version: int) -> bytes:
    return f"{version} {blake2b(text, digest_size=16).hexdigest()}".encode()
