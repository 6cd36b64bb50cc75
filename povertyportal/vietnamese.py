"""Vietnamese text, numbers and dates as official papers write them. Plain Python, the one place of formats."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Literal

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # breve, circumflex, horn: a ă â, e ê, o ô ơ, u ư
_D_BARS = {"đ": "d", "ð": "d"}  # eth is what older keyboards left for đ
_INVISIBLE = ("Cf", "Cc")
# control characters but tab and line ends; what turns the direction of writing around; what is no character at all
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def _plain(text: str) -> bool:
    """Digits and letters without marks, as most codes and numbers are: nothing to compose."""
    return text.isascii() and text.isprintable()


def _decompose(text: str) -> str:
    """Lower case, canonical decomposition; control and zero-width characters gone, white space a single blank."""
    spaced = " ".join(unicodedata.normalize("NFKD", text).split())
    visible = "".join(ch for ch in spaced if unicodedata.category(ch) not in _INVISIBLE)
    return unicodedata.normalize("NFKD", visible.lower())


def tidy(text: str) -> str:
    """What a person sees: NFC, invisible characters that copying brings along gone, white space a single blank."""
    if _plain(text):
        return " ".join(text.split())
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join("".join(ch for ch in spaced if unicodedata.category(ch) not in _INVISIBLE).split())


def is_unreadable(text: str) -> bool:
    """Something in it cannot be shown or printed, or makes the rest look other than it is."""
    return bool(_UNREADABLE.search(text))


def fold(text: str) -> str:
    """The form names are searched by: "Hoà  Bình", "HÒA BÌNH" and its NFD spelling all give "hoa binh"."""
    if _plain(text):
        return " ".join(text.lower().split())
    letters = (_D_BARS.get(ch, ch) for ch in _decompose(text) if not unicodedata.combining(ch))
    return " ".join("".join(letters).split())


def _marked(base: str) -> str:
    """All letters of the alphabet on this one, small and capital: "d" gives "dđDĐ"."""
    marks = ["", *_LETTER_MARKS] if base in "aeou" else [""]
    tones = ["", *_TONES] if base in "aeiouy" else [""]
    written = {unicodedata.normalize("NFC", base + mark + tone) for mark in marks for tone in tones}
    small = sorted(letter for letter in written if len(letter) == 1) + (["đ"] if base == "d" else [])
    return "".join(small) + "".join(small).upper()


_ANY_MARKS = {base: _marked(base) for base in "adeiouy"}
# The letters whose case PostgreSQL without ICU does not know, in one order.
MARKED_SMALL = "".join(sorted({one for found in _ANY_MARKS.values() for one in found.lower() if not one.isascii()}))
MARKED_CAPITALS = MARKED_SMALL.upper()


def pattern(text: str) -> str:
    """A regular expression (for Python and for PostgreSQL, which without ICU knows no capital of "đ") that finds the text
    whatever its case, and letters typed without marks whatever their marks: "dao" finds "Đào", "đào" finds "ĐÀO"."""
    return r"\s+".join("".join(_letter_pattern(letter) for letter in word) for word in tidy(text).split())


def _letter_pattern(letter: str) -> str:
    small = letter.lower()
    if not letter.isalnum():
        return re.escape(letter)
    return f"[{_ANY_MARKS.get(small, small + small.upper())}]"


def sort_key(text: str) -> str:
    """A key that sorts by code point (collation "C") in the order of the Vietnamese alphabet.

    Letters first (a ă â b c d đ e ê …), whatever their tone; then the tones (ngang huyền hỏi ngã sắc nặng). Runs of
    digits sort by value: "Phường 2" before "Phường 10". Punctuation counts as a blank.
    """
    words = [_word_key(word) for word in re.findall(r"[^\W_]+", _compose_words(text))]
    return "-".join(letters for letters, _ in words) + " " + "-".join(tones for _, tones in words)


def _compose_words(text: str) -> str:
    return unicodedata.normalize("NFC", _decompose(text))


def _word_key(word: str) -> tuple[str, str]:
    letters, tones = [], []
    for run in re.findall(r"[0-9]+|[^0-9]", word):
        letter, tone = _number_key(run) if run.isascii() and run.isdigit() else _letter_key(run)
        letters.append(letter)
        tones.append(tone)
    return "".join(letters), "".join(tones) or "0"


def _number_key(digits: str) -> tuple[str, str]:
    """Two digits of length, then the digits: longer numbers are larger."""
    plain = digits.lstrip("0") or "0"
    return f"{min(len(plain), 99):02}{plain}", ""


def _letter_key(letter: str) -> tuple[str, str]:
    if letter in _D_BARS:
        return "d4", ""
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    variant = next((_LETTER_MARKS[mark] for mark in marks if mark in _LETTER_MARKS), "0")
    tone = "".join(_TONES.get(mark, "") for mark in marks)
    return (base if "a" <= base <= "z" else "~" + base) + variant, tone


def format_number(value: Decimal | int, decimals: int | None = None) -> str:
    """84184.73 as "84.184,73". Without ``decimals``: those of the value, trailing zeros left out; else half up."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"Decimal or int expected, not {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"Không phải một số hữu hạn: {number}")
    if decimals is not None:
        number = _round(number, decimals)
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    fraction = fraction if decimals is not None else fraction.rstrip("0")
    digits = f"{int(whole):,}".replace(",", ".") + ("," + fraction if fraction else "")
    return "-" + digits if number < 0 else digits


def _round(number: Decimal, decimals: int) -> Decimal:
    """Half up, and exact for numbers longer than the decimal context."""
    sign, digits, exponent = number.as_tuple()
    surplus = -decimals - int(exponent)
    coefficient = int("".join(map(str, digits)))
    if surplus > 0:
        coefficient = (coefficient + 5 * 10 ** (surplus - 1)) // 10**surplus
    else:
        coefficient *= 10**-surplus
    return Decimal((sign, tuple(map(int, str(coefficient))), -decimals))


_PLAIN = re.compile(r"-?[0-9]+(,[0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_MAX_DIGITS = 24


def parse_number(text: str) -> Decimal:
    """A number typed on a page, Vietnamese style: "84.184,73", "1046", "-25". "1.046" is 1046 and "1,046" is 1,046.

    Raises ValueError with a sentence for the person who typed.
    """
    typed = text.strip().replace("\u2212", "-")
    if not typed:
        raise ValueError("Chưa nhập số.")
    if not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        raise ValueError(_why_not(typed))
    if sum(ch.isdigit() for ch in typed) > _MAX_DIGITS:
        raise ValueError(f"Số quá dài, tối đa {_MAX_DIGITS} chữ số.")
    return Decimal(typed.replace(".", "").replace(",", "."))


def _why_not(typed: str) -> str:
    if re.search(r"[^0-9.,\-]", typed):
        return f"“{typed}” không phải là số: chỉ nhập chữ số, không kèm đơn vị; ví dụ 1.046 hoặc 84.184,73."
    if typed.count(",") == 1 and "." in typed.partition(",")[2]:
        return (
            f"“{typed}” viết theo kiểu nước ngoài: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân (84.184,73)."
        )
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", typed):
        return (
            f"“{typed}” chưa rõ: dấu chấm chỉ ngăn từng nhóm ba chữ số (1.046); "
            f"phần thập phân đứng sau dấu phẩy (ví dụ {typed.replace('.', ',')})."
        )
    return f"“{typed}” không phải là số viết đúng: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân (84.184,73)."


def format_date(day: date) -> str:
    """As pages write it, two digits each: "01/07/2025"."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def day_in_text(day: date) -> str:
    """As the body of a document writes it, padded like ``date_in_words``: "05/02/2021", "01/7/2025"."""
    return f"{day.day:02}/{_month(day.month)}/{day.year}"


def date_in_words(day: date) -> str:
    """As in the head of a document: days below 10 and months 1 and 2 with a leading zero (Decree 30/2020, Annex I)."""
    return f"ngày {day.day:02} tháng {_month(day.month)} năm {day.year}"


def _month(month: int) -> str:
    return f"{month:02}" if month < 3 else str(month)


def moment(day: date) -> str:
    """ "đầu năm 2016", "cuối năm 2020", else "ngày 30/6/2018"."""
    if (day.month, day.day) == (1, 1):
        return f"đầu năm {day.year}"
    if (day.month, day.day) == (12, 31):
        return f"cuối năm {day.year}"
    return f"ngày {day_in_text(day)}"


def period_name(first: date, last: date) -> str:
    """Both days inclusive: "năm 2020", "giai đoạn 2016 - 2020", "tại thời điểm 31/12/2020", else the two days."""
    if last < first:
        raise ValueError(f"Kỳ kết thúc {day_in_text(last)} trước khi bắt đầu {day_in_text(first)}.")
    if first == last:
        return f"tại thời điểm {day_in_text(first)}"
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return f"năm {first.year}" if first.year == last.year else f"giai đoạn {first.year} - {last.year}"
    return _part_of_year(first, last) or f"từ ngày {day_in_text(first)} đến ngày {day_in_text(last)}"


def _part_of_year(first: date, last: date) -> str:
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if not whole_months or first.year != last.year:
        return ""
    names = {(1, 6): "6 tháng đầu năm", (7, 12): "6 tháng cuối năm", (1, 9): "9 tháng đầu năm"}
    names |= {(3 * n - 2, 3 * n): f"quý {roman(n)} năm" for n in range(1, 5)}
    names |= {(n, n): f"tháng {_month(n)} năm" for n in range(1, 13)}
    name = names.get((first.month, last.month))
    return f"{name} {first.year}" if name else ""


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """1 to 3999; ValueError beyond."""
    if not 1 <= number <= 3999:
        raise ValueError(f"Không viết được {number} bằng chữ số La Mã.")
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))
_BILLION = 10**9


def number_in_words(number: int, odd: Literal["linh", "lẻ"] = "linh") -> str:
    """105 is "một trăm linh năm", or "lẻ năm" where the South or the Treasury reads so."""
    if number == 0:
        return _DIGITS[0]
    words = _positive_words(abs(number), odd, inside=False)
    return " ".join(["âm", *words] if number < 0 else words)


def _positive_words(number: int, odd: str, *, inside: bool) -> list[str]:
    """``inside``: something larger was read before, so a group below 100 starts with "không trăm"."""
    words: list[str] = []
    billions, rest = divmod(number, _BILLION)
    if billions:
        words += [*_positive_words(billions, odd, inside=inside), "tỷ"]
    for scale, name in _SCALES:
        group, rest = divmod(rest, scale)
        if group:
            words += [*_group_words(group, odd, inside=inside or bool(words)), *([name] if name else [])]
    return words


def _group_words(group: int, odd: str, *, inside: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inside else []
    if rest and rest < 10:
        return [*words, *([odd] if words else []), _DIGITS[rest]]
    return [*words, *_tens_words(rest)] if rest else words


def _tens_words(number: int) -> list[str]:
    """10 to 99: "mười lăm", "hai mươi mốt", "hai mươi tư", "hai mươi lăm"."""
    tens, unit = divmod(number, 10)
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return [*words, special.get(unit, _DIGITS[unit])] if unit else words
