"""The letters beyond ASCII of languages, and the encodings in which files of these languages are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_WESTERN = (
    "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíóúüñªº", "áâãàçéêíóôõúüªº", "àèéìíîòóùúªº", "áéëïíóöüàèä", "åäöéšž", "åæøéüöäòó",
    "áðéíóúýþæö", "àçéèíïóòúü", "çë",
)  # fmt: skip
"""German, French, Spanish, Portuguese, Italian, Dutch, Swedish and Finnish, Danish and Norwegian, Icelandic, Catalan,
Albanian: the small letters of each, and foreign ones that it uses in names."""
_CENTRAL = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšžö", "ăâîşţșț", "äöüßéáő", "çë",
)  # fmt: skip
"""Polish, Czech, Slovak, Hungarian, the languages of the south, Romanian, German in these countries, Albanian."""
_TURKISH = ("çğıöşüâîûiİI",)
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņōŗšūž", "äõöüšž")
_CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюяґєіїђјљњћџўѓќѕ",)
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)
_HEBREW = ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)
_ARABIC = ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",)
_THAI = ("".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F)))),)
_FREQUENT: dict[tuple[str, ...], str] = {
    _CYRILLIC: "оеаинтсрвл", _GREEK: "αοιετσνηυρ", _HEBREW: "יוהלארתבמנ", _ARABIC: "الينمرتوبس", _THAI: "านรกเงมยลว",
}  # fmt: skip
SIGNS_BEFORE = frozenset("\u00a0\u00ad“”„‘’‚«»‹›–—…•·†¿¡°µ")
"""What stands before the letters of a word."""
SIGNS_BEHIND = frozenset("\u00a0\u00ad“”‘’«»‹›–—…•·†²³¹°©®™€")
SIGNS = SIGNS_BEFORE | SIGNS_BEHIND | frozenset("£¥§½¼¾±×√≤≥№")
"""What stands beside numbers and alone as well."""


@dataclass(frozen=True)
class Alphabet:
    """An encoding, whose files it has, and what its letters look like.

    Attributes:
        languages: of each the small letters beyond ASCII; empty where ``is_usual`` says which letters are used.
        is_usual: whether a letter is one of the thousands that most texts are made of.
        has_syllables: its language has a syllabary, whose letters hardly come by accident.
        is_near: most of its files are taken for cp1252, as most letters are those of Latin.
    """

    encoding: str
    whose: str
    languages: tuple[str, ...] = ()
    is_usual: Callable[[str], bool] | None = None
    has_syllables: bool = False
    is_near: bool = False

    @property
    def frequent(self) -> str:
        """The letters of which half of a text is made; empty where that is not known."""
        return _FREQUENT.get(self.languages, "")


def is_syllable(letter: str) -> bool:
    """Whether ``letter`` is one of the syllabaries of Japanese and Korean."""
    return "\u3041" <= letter <= "\u30fe" or "\uff66" <= letter <= "\uff9f" or _is_hangul(letter)


def is_of_east_asia(letter: str) -> bool:
    """Whether ``letter`` is a word or syllable of East Asia, its punctuation, or a letter as wide as these."""
    return (
        is_syllable(letter)
        or "\u3000" <= letter <= "\u303f"
        or "\u3400" <= letter <= "\u9fff"
        or "\uff01" <= letter <= "\uff65"
    )


def _is_led(letter: str, encoding: str, first: int, last: int) -> bool:
    """Whether ``letter`` has two bytes in ``encoding``, of which the first lies from ``first`` to ``last``."""
    code = letter.encode(encoding, "ignore")
    return len(code) == 2 and first <= code[0] <= last


def _is_of_gb2312(letter: str) -> bool:
    return _is_led(letter, "gb2312", 0xB0, 0xD7)


def _is_of_big5(letter: str) -> bool:
    return _is_led(letter, "big5", 0xA4, 0xC6)


def _is_japanese(letter: str) -> bool:
    return (is_syllable(letter) and not _is_hangul(letter)) or _is_led(letter, "euc-jp", 0xB0, 0xCF)


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


WESTERN = Alphabet("cp1252", "Western European", _WESTERN)
OTHERS = (
    Alphabet("cp1250", "Central European", _CENTRAL, is_near=True),
    Alphabet("iso8859-2", "Central European", _CENTRAL, is_near=True),
    Alphabet("cp1254", "Turkish", _TURKISH, is_near=True),
    Alphabet("cp1257", "Baltic", _BALTIC, is_near=True),
    Alphabet("mac-roman", "Western European, Macintosh", _WESTERN, is_near=True),
    Alphabet("cp850", "Western European, DOS", _WESTERN),
    Alphabet("iso8859-15", "Western European", _WESTERN, is_near=True),
    Alphabet("cp852", "Central European, DOS", _CENTRAL),
    Alphabet("mac-latin2", "Central European, Macintosh", _CENTRAL),
    Alphabet("cp1251", "Cyrillic", _CYRILLIC),
    Alphabet("koi8-r", "Cyrillic", _CYRILLIC),
    Alphabet("koi8-u", "Cyrillic", _CYRILLIC),
    Alphabet("iso8859-5", "Cyrillic", _CYRILLIC),
    Alphabet("cp866", "Cyrillic, DOS", _CYRILLIC),
    Alphabet("mac-cyrillic", "Cyrillic, Macintosh", _CYRILLIC),
    Alphabet("cp1253", "Greek", _GREEK),
    Alphabet("cp1255", "Hebrew", _HEBREW),
    Alphabet("cp1256", "Arabic", _ARABIC),
    Alphabet("iso8859-6", "Arabic", _ARABIC),
    Alphabet("cp874", "Thai", _THAI),
    Alphabet("gb18030", "Chinese", is_usual=_is_of_gb2312),
    Alphabet("big5", "Chinese, traditional", is_usual=_is_of_big5),
    Alphabet("shift_jis", "Japanese", is_usual=_is_japanese, has_syllables=True),
    Alphabet("cp932", "Japanese", is_usual=_is_japanese, has_syllables=True),
    Alphabet("euc-jp", "Japanese", is_usual=_is_japanese, has_syllables=True),
    Alphabet("euc-kr", "Korean", is_usual=_is_hangul, has_syllables=True),
    Alphabet("cp949", "Korean", is_usual=_is_hangul, has_syllables=True),
)
"""One that reads all words as another before it does is not told."""
