"""Personal numbers typed wherever the pages of a review take words: none belongs there."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from households.review.models import Intake
from households.review.superior_models import SubjectRequest
from households.surveys.form_models import SurveyForm
from tests.access.reviewed import Reviewed, review_in
from tests.people import on_the_record

Fresh = Callable[[], str]


def plant(official: Any, leader: Any, form: SurveyForm, fresh: Fresh, said: dict[str, Any]) -> None:
    """``official``, ``leader``: browsers of the commune."""
    day: date = timezone.localdate()
    with on_the_record():
        made = review_in(form, day, "Cấy")
    at_the_door(official, leader, form, made, fresh)
    in_the_village(official, form, made, fresh)
    above(official, leader, made, fresh)
    said["outcomes"]["review refused"] = Intake.objects.count() + SubjectRequest.objects.count()
    for path in ("/review/intake/", "/review/requests/", f"/review/{made.dossier}/"):
        said["pages"][path] = official.get(path).content.decode()


def at_the_door(official: Any, leader: Any, form: SurveyForm, made: Reviewed, fresh: Fresh) -> None:
    today = timezone.localdate().strftime("%d/%m/%Y")
    paper = {"commune": form.area_code[:5], "kind": "review", "applicant": "Lò Thị Bình", "received_on": today}
    for name in ("applicant", "address", "content", "household"):
        official.post("/review/intake/new/", paper | {name: f"ghi {fresh()}"})
    official.post(f"/review/intake/{made.intake}/withdraw/", {"remark": f"ông An {fresh()} rút"})
    official.post(
        f"/review/intake/{made.intake}/list/", {"which": "other", "household": fresh(), "round": form.round_id}
    )
    letter = {"number": "9/TB-UBND", "on": today, "reason": "ở xã khác", "signer": "Ông Tám", "position": "Chủ tịch"}
    for name in ("number", "reason", "signer", "position"):
        leader.post(f"/review/intake/{made.intake}/refuse/", letter | {name: f"ghi {fresh()}"})
    wish = paper | {"wish": "see", "content": "Xin xem"}
    for name in ("applicant", "content", "household"):
        official.post("/review/requests/new/", wish | {name: f"ghi {fresh()}"})
    answer = {"outcome": "done", "text": "Đã trao", "on": today}
    for name in ("text", "late"):
        official.post(f"/review/requests/{made.subject}/", answer | {name: f"ghi {fresh()}"})


def in_the_village(official: Any, form: SurveyForm, made: Reviewed, fresh: Fresh) -> None:
    today = timezone.localdate().strftime("%d/%m/%Y")
    village = f"/review/{made.dossier}/villages/{form.area_code}"
    told = {
        "complainant": "Lò Văn Dìn",
        "received_on": today,
        "form": str(form.pk),
        "about": "",
        "matter": "Có máy cày",
    }
    for name in ("complainant", "about", "matter"):
        official.post(f"{village}/complain/", told | {name: f"ghi {fresh()}"})
    held = {"held_on": today, "starts": "19:30", "place": "Nhà văn hóa", "chair": "Ông A", "secretary": "Bà B"}
    held |= {"present_count": "40", f"remark-{form.pk}": f"ghi {fresh()}"}
    for name in ("place", "chair", "present", "opinions"):
        official.post(f"{village}/meeting/", held | {name: f"ghi {fresh()}"})
    answer = {"outcome": "kept", "answer": f"theo căn cước {fresh()}", "answered_on": today, "late": fresh()}
    official.post(f"/review/{made.dossier}/complaints/{made.complaint}/", answer)
    propose = {"klass": "near_poor", "purpose": "closing", "reason": f"ghi {fresh()}"}
    official.post(f"/review/{made.dossier}/forms/{form.pk}/propose/", propose)


def above(official: Any, leader: Any, made: Reviewed, fresh: Fresh) -> None:
    today = timezone.localdate().strftime("%d/%m/%Y")
    official.post(f"/review/{made.dossier}/compile/", {"on": today, "note": f"ghi {fresh()}"})
    leader.post(f"/review/{made.dossier}/ask/", {"on": today, "letter_number": f"{fresh()}/UBND"})
    correct = {
        "on": today,
        "number": f"{fresh()}/QĐ",
        "reason": f"ghi {fresh()}",
        "signer": "Ông Tám",
        "position": "Chủ tịch",
    }
    leader.post(f"/review/decisions/{made.decision}/correct/", correct)
    leader.post(f"/review/certificates/{made.certificate}/reprint/", {"reason": f"mất thẻ {fresh()}"})
