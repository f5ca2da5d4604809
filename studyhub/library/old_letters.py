"""Text typed before Unicode: TCVN3 (.VnTime) is converted, VNI is refused with a word of advice."""

import re

from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable

VNI = N_("This file is typed in an old font (VNI). Convert it to Unicode and choose it again.")

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TO_UNICODE = str.maketrans(_TCVN3)
_TCVN3_SIGNS = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬\u00adÆßÞ×÷¡¢§£¤¥¦]")
_VNI_SIGNS = re.compile("[aeouyAEOUYôöÔÖ][ùøûõïáàåãäéèúüëêÙØÛÕÏÁÀÅÃÄÉÈÚÜËÊ]|ñ|Ñ")
_UNICODE_SIGNS = re.compile("[ăđơưĂĐƠƯ\u0300-\u0323\u1ea0-\u1ef9]")
_LETTER = re.compile(r"[^\W\d_]")

LEAST_SHARE = 0.04
"""The share of telling signs among the letters; running Vietnamese has three times as many."""
MOST_UNICODE = 0.01


def as_unicode(text: str) -> str:
    """The text in Unicode letters; `Unreadable` when it is in VNI."""
    if _is_tcvn3(text):
        return text.translate(_TO_UNICODE)
    if _is_vni(text):
        raise Unreadable(VNI)
    return text


def are_in(text: str) -> bool:
    """Whether the text is typed in either of the old ways."""
    return _is_tcvn3(text) or _is_vni(text)


def _is_tcvn3(text: str) -> bool:
    return _share(_TCVN3_SIGNS, text) > LEAST_SHARE and _share(_UNICODE_SIGNS, text) < MOST_UNICODE


def _is_vni(text: str) -> bool:
    return _share(_VNI_SIGNS, text) > LEAST_SHARE and _share(_UNICODE_SIGNS, text) < MOST_UNICODE


def _share(signs: re.Pattern[str], text: str) -> float:
    letters = sum(1 for _ in _LETTER.finditer(text))
    return sum(1 for _ in signs.finditer(text)) / letters if letters else 0.0
