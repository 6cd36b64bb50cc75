"""Invented forms that are not finished: half typed, sent back with a remark, handed over to the commune's official."""

import re
from datetime import timedelta

from households.registry.demonstration.naming import names
from households.surveys.demonstration.sheets import Answers, Visit
from povertyportal.vietnamese import format_date

_CELL = re.compile(r"m(\d+)-")
BORN = "Có thêm trẻ mới sinh ngày %s, chưa có trong hồ sơ hộ; đề nghị công chức xã ghi vào hồ sơ rồi hoàn thành phiếu."
UNCLEAR = "Đề nghị xem lại phiếu giấy và xác nhận lại với trưởng thôn."
# What is missing on a form that was sent back: field → remark.
FLAWS = (
    ("h-floor_area", "Chưa ghi diện tích nhà ở; xem lại phiếu giấy, nếu phiếu cũng để trống thì hỏi lại hộ."),
    ("h-toilet", "Chưa ghi loại nhà tiêu."),
    ("h-water_source", "Chưa ghi nguồn nước sinh hoạt chính."),
    ("m1-health_insurance", "Người thứ hai chưa ghi có bảo hiểm y tế hay không."),
)
NEWBORN = 2_000_000_000  # index of a row added on a page, as late as any of these years


def half_typed(one: Visit, answers: Answers) -> Answers:
    """The head of the paper, then member by member, then the house, up to somewhere."""
    typed = sorted((name for name in answers if name not in one.roster), key=_place)
    kept = round(len(typed) * one.rng("typed").uniform(0.25, 0.85))
    return one.roster | {name: answers[name] for name in typed[:kept]}


def _place(name: str) -> tuple[int, int, str]:
    cell = _CELL.match(name)
    if cell:
        return 1, int(cell[1]), ""
    return (0 if name.startswith("s-day") else 2 if name.startswith("h-") else 3), 0, name


def sent_back(one: Visit, answers: Answers) -> Answers:
    known = [flaw for flaw in FLAWS if flaw[0] in answers]
    if not known:
        one.form.remark = UNCLEAR
        return answers
    field, one.form.remark = known[int(one.rng("flaw").random() * len(known))]
    return {name: values for name, values in answers.items() if name != field}


def handed_over(one: Visit, answers: Answers) -> Answers:
    """A child was born whom the registry does not know yet."""
    rng = one.rng("newborn")
    born, female = one.on - timedelta(days=rng.randint(5, 40)), rng.random() < 0.5
    stock = names()["tay"]
    family = (one.roster.get("m0-name") or ["Nông"])[0].split()[0]
    row = {
        "name": stock.draw(rng, female=female, family=family), "birth": format_date(born), "sex": "female" if female else "male",
        "relation": "grandchild", "ethnicity": (one.roster.get("m0-ethnicity") or ["tay"])[0], "health_insurance": "yes",
        "nutrition": "normal", "studying": "no", "education": "none", "can_work": "no", "disabled": "no",
        "monthly_assistance": "no",
    }  # fmt: skip
    one.form.remark = BORN % format_date(born)
    return answers | {f"m{NEWBORN}-{column}": [value] for column, value in row.items()}
