"""Checks a file's encoding as `python FILE` does. Importing is laxer: it accepts comments that are not UTF-8."""

from __future__ import annotations

import codecs
import tokenize
from pathlib import Path

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NOT_UTF8, UTF16 = "it is not UTF-8", "it is UTF-16"


def check(path: Path) -> None:
    """Raises SyntaxError, with the line, if `python attempt.py` refuses the file for its encoding."""
    raw = path.read_bytes()
    if raw.startswith(_WIDE) or b"\0" in raw[:4]:
        raise SyntaxError(UTF16)
    with path.open("rb") as file:
        try:
            encoding, _ = tokenize.detect_encoding(file.readline)
        except SyntaxError as error:
            if "unknown encoding" in str(error):
                raise SyntaxError("the encoding that it names is unknown", (str(path), 1, None, None)) from None
            encoding = "utf-8"  # the first lines are not UTF-8: decoding below finds the line
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = NOT_UTF8 if encoding.startswith("utf-8") else f"it is not {encoding}, as it says itself"
        raise SyntaxError(text, (str(path), line, None, None)) from None
