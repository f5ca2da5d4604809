"""Text typed in the old ways, made for tests: written apart from the tables that read it."""

import unicodedata

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

TEXT = """Bài thu hoạch của tôi về việc học tập Nghị quyết số 52 của Bộ Chính trị
Qua học tập tôi nhận thức rõ: chuyển đổi số là việc của mỗi đảng viên, không phải việc riêng của ai.
Tôi sẽ giữ gìn kỷ luật, nghiêng về việc nhỏ trước, lớn sau; góp ý thẳng thắn với chi bộ."""

_CP1252 = {
    "à": 0xB5, "á": 0xB8, "ả": 0xB6, "ã": 0xB7, "ạ": 0xB9, "ă": 0xA8, "ằ": 0xBB, "ắ": 0xBE,
    "ẳ": 0xBC, "ẵ": 0xBD, "ặ": 0xC6, "â": 0xA9, "ầ": 0xC7, "ấ": 0xCA, "ẩ": 0xC8, "ẫ": 0xC9,
    "ậ": 0xCB, "đ": 0xAE, "è": 0xCC, "é": 0xD0, "ẻ": 0xCE, "ẽ": 0xCF, "ẹ": 0xD1, "ê": 0xAA,
    "ề": 0xD2, "ế": 0xD5, "ể": 0xD3, "ễ": 0xD4, "ệ": 0xD6, "ì": 0xD7, "í": 0xDD, "ỉ": 0xD8,
    "ĩ": 0xDC, "ị": 0xDE, "ò": 0xDF, "ó": 0xE3, "ỏ": 0xE1, "õ": 0xE2, "ọ": 0xE4, "ô": 0xAB,
    "ồ": 0xE5, "ố": 0xE8, "ổ": 0xE6, "ỗ": 0xE7, "ộ": 0xE9, "ơ": 0xAC, "ờ": 0xEA, "ớ": 0xED,
    "ở": 0xEB, "ỡ": 0xEC, "ợ": 0xEE, "ù": 0xEF, "ú": 0xF3, "ủ": 0xF1, "ũ": 0xF2, "ụ": 0xF4,
    "ư": 0xAD, "ừ": 0xF5, "ứ": 0xF8, "ử": 0xF6, "ữ": 0xF7, "ự": 0xF9, "ỳ": 0xFA, "ý": 0xFD,
    "ỷ": 0xFB, "ỹ": 0xFC, "ỵ": 0xFE, "Ă": 0xA1, "Â": 0xA2, "Đ": 0xA7, "Ê": 0xA3, "Ô": 0xA4,
    "Ơ": 0xA5, "Ư": 0xA6,
}  # fmt: skip
"""TCVN 5712:1993 (VN3), as its code points are printed there."""

_VNI_MARKS = {
    "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0306": "ê",
    "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0309": "å", "\u0302\u0303": "ã",
    "\u0302\u0323": "ä",
    "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0309": "ú", "\u0306\u0303": "ü",
    "\u0306\u0323": "ë",
}  # fmt: skip
_VNI_WHOLE = {"đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def tcvn3(text: str) -> str:
    """As .VnTime shows it: toned capitals were drawn by another font, so they become small."""
    return "".join(
        chr(_CP1252.get(letter, _CP1252.get(letter.lower(), ord(letter)))) for letter in text
    )


def vni(text: str) -> str:
    """As VNI-Times shows it."""
    return "".join(_vni(letter) for letter in text)


def _vni(letter: str) -> str:
    small = letter.lower()
    typed = _VNI_WHOLE.get(small) or _vni_marked(small)
    return typed.upper() if letter != small else typed


def _vni_marked(letter: str) -> str:
    marks = list(unicodedata.normalize("NFD", letter))
    base = marks.pop(0)
    horned = "\u031b" in marks
    base = {"o": "ô", "u": "ö"}[base] if horned else base
    # NFD writes the dot below before a hat
    rest = sorted(
        (mark for mark in marks if mark != "\u031b"), key="\u0302\u0306".find, reverse=True
    )
    return base + (_VNI_MARKS["".join(rest)] if rest else "")
