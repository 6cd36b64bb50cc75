"""What is wrong with a text before it is kept, in words."""

from collections.abc import Iterator

from households.papers.review.wording.known import TextKind
from households.papers.review.wording.parsing import BRACES, CUT, FIELD, HEAD, Shape, parse

LONGEST = 20_000


def faults(kind: TextKind, body: str) -> list[str]:
    """Sentences for the administrator; empty where the text may be used."""
    if len(body) > LONGEST:
        return [f"Lời văn dài quá {LONGEST:,} ký tự.".replace(",", ".")]
    return [*_of_fields(kind, body), *_of_shape(kind, body)]


def _of_fields(kind: TextKind, body: str) -> Iterator[str]:
    known = {*kind.fields, *kind.blocks}
    for found in dict.fromkeys(BRACES.findall(body)):
        field = FIELD.fullmatch(found)
        if field is None:
            yield f"“{found[:40]}” không phải là tên trường; trường viết như {{{{ xa }}}}."
        elif field[1] not in known:
            yield f"Văn bản này không có trường “{field[1]}”. Các trường: {', '.join(sorted(known))}."
    used = {one[1] for one in FIELD.finditer(body)}
    for name in kind.must:
        if name not in used:
            told = kind.blocks.get(name) or kind.fields[name][0]
            yield f"Thiếu {{{{ {name} }}}} ({told}): không có nó thì văn bản không còn đủ nội dung."


def _of_shape(kind: TextKind, body: str) -> Iterator[str]:
    text = parse(body, kind.block_names)
    for line in text.unknown:
        names = ", ".join(name.capitalize() for name in HEAD)
        yield f"Phần đầu (trên dòng {CUT}): không hiểu dòng “{line[:60]}”. Các dòng có thể có: {names}."
    if not text.part("kind"):
        yield f"Phần đầu (trên dòng {CUT}) phải có dòng “Tên loại:”."
    inside = {one for line in text.lines if line.shape is not Shape.BLOCK for one in FIELD.findall(line.text)}
    inside |= {one for value in text.head.values() for one in FIELD.findall(value)}
    for name in sorted(inside & kind.block_names):
        yield f"{{{{ {name} }}}} là một bảng: để nó một mình trên một dòng."
    if body.count("**") % 2:
        yield "Số dấu ** lẻ: mỗi chỗ in đậm mở bằng ** và đóng bằng **."
