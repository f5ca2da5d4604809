"""From a layout and its data to a PDF that programs for the blind can read too (PDF/UA)."""

import importlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LAYOUTS = ("essay", "receipt", "decided", "covers", "booklet")


def typeset(layout: str, data: Mapping[str, Any], *, unprintable: str) -> bytes:
    """The PDF. Letters that no font has show as a box; then it says so, in these words.

    Nothing comes from outside: no fonts of the machine, no packages of the network, no file
    but the layouts. The data is a string to the layout, so no word of it can be markup.
    """
    typst = _typst()
    try:
        return _compiled(layout, {**data, "unprintable": ""}, pdf_standards=["ua-1"])
    except typst.TypstError as refusal:
        if "could not be displayed" not in str(refusal):
            raise
    return _compiled(layout, {**data, "unprintable": unprintable})


def _compiled(layout: str, data: Mapping[str, Any], **manners: Any) -> bytes:
    made: bytes = _typst().compile(
        str(FOLDER / f"{layout}.typ"),
        root=str(FOLDER),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        **manners,
    )
    return made


@cache
def _typst() -> Any:
    """Loaded when the first page is printed: it is large, and most processes print nothing."""
    return importlib.import_module("typst")
