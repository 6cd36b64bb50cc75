"""The text of a document as plain values, or one fault that says on which line its TOML breaks."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from households.criteria.law.faults import DocumentFaults, Fault

_AT = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
BOM = "\ufeff"  # some editors begin a file with it
_LIMIT = 400_000  # signs; the longest shipped document has some 20,000
_SENTENCES = (
    ("Cannot overwrite", "khóa này đã ghi ở trên: mỗi khóa chỉ ghi một lần trong một bảng."),
    ("Cannot declare", "bảng này đã ghi ở trên: mỗi bảng [ ] chỉ mở một lần."),
    ("Duplicate inline", "khóa ghi hai lần trong cùng một dấu { }."),
    ("Expected '='", "sau tên khóa phải có dấu “=” rồi giá trị."),
    ("Unclosed array", "danh sách “[” chưa đóng bằng “]”."),
    ("Unclosed inline", "bảng “{” chưa đóng bằng “}”."),
    ("Unterminated string", "chữ chưa đóng bằng dấu ngoặc kép."),
    ("Illegal character", "có ký tự không được phép; chữ phải nằm gọn trong một dòng, giữa hai dấu ngoặc kép."),
    (
        "Expected newline",
        "sau giá trị phải xuống dòng; số viết 1500000 hoặc 1_500_000, không viết 1.500.000; ngày viết 2021-01-27.",
    ),
    ("Invalid date", "ngày không có thật; viết dạng 2021-01-27."),
    (
        "Invalid value",
        'giá trị không đọc được: chữ phải đặt trong ngoặc kép thẳng ("…"); số viết 1500000; có/không viết true, false.',
    ),
    ("Expected ']", "tên bảng chưa đóng bằng “]”."),
)


def parse(text: str, name: str) -> dict[str, Any]:
    """Raises DocumentFaults with the one fault of syntax."""
    if len(text) > _LIMIT:
        raise DocumentFaults(name, [Fault(1, "", f"văn bản quá dài: nhiều hơn {_LIMIT} ký tự.")])
    try:
        return tomllib.loads(text.removeprefix(BOM), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DocumentFaults(name, [_fault(text, str(error))]) from error
    except ValueError as error:  # Python reads no number of more than some thousand digits
        raise DocumentFaults(name, [Fault(1, "", "có một số quá dài.")]) from error
    except RecursionError as error:
        raise DocumentFaults(name, [Fault(1, "", "quá nhiều dấu ngoặc lồng nhau.")]) from error


def _fault(text: str, message: str) -> Fault:
    found = _AT.search(message)
    line = int(found[1]) if found else text.count("\n") + (not text.endswith("\n"))
    why = next((words for start, words in _SENTENCES if message.startswith(start)), "không đọc được theo quy tắc TOML.")
    return Fault(max(line, 1), "", f"viết sai quy tắc TOML: {why}")
