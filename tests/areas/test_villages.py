"""Villages are kept by the commune, under codes that the portal makes and never uses twice."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from households.areas import queries
from households.areas.changes import ChangeRefusedError
from households.areas.models import Area
from households.areas.villages import (
    close_village,
    correct_village,
    create_village,
    merge_villages,
    rename_village,
    villages_of,
)
from povertyportal.core.accounts import system_user

COMMUNE, OTHER = "01392", "01363"  # xã Trường Hà, xã Thông Nông (Cao Bằng)
DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)
AT = datetime(2026, 9, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def basis(on: date = DAY) -> dict[str, Any]:
    return {"on": on, "legal_basis": "Nghị quyết 12/NQ-HĐND", "by": system_user(), "at": AT}


def village(name: str, type: str = "Xóm", commune: str = COMMUNE, on: date = DAY) -> Area:
    return create_village(commune=commune, type=type, name=name, **basis(on))


def names(on: date, commune: str = COMMUNE) -> list[str]:
    return [one.full_name for one in villages_of(commune, on=on)]


def test_codes_go_on_from_the_last_one_ever_used() -> None:
    assert [village(name).code for name in ("Nà Mạ", "Lũng Mật")] == ["01392-001", "01392-002"]
    close_village(village="01392-002", **basis(LATER))
    assert village("Pác Bó", on=LATER).code == "01392-003"
    assert village("Nà Mạ", commune=OTHER).code == "01363-001"


def test_a_village_may_be_renamed_and_become_a_neighbourhood_under_its_code() -> None:
    code = village("Nà Mạ").code
    renamed = rename_village(village=code, type="Tổ dân phố", name="  Nà   Mạ 1 ", **basis(LATER))
    assert (renamed.code, renamed.full_name) == (code, "Tổ dân phố Nà Mạ 1")
    assert (names(DAY), names(LATER)) == (["Xóm Nà Mạ"], ["Tổ dân phố Nà Mạ 1"])


def test_a_mistyped_name_is_corrected_without_another_version() -> None:
    code = village("Nà Mạa").code
    correct_village(village=code, type="Thôn", name=" Nà  Mạ", on=LATER, reason="gõ nhầm", by=system_user())
    assert (names(DAY), len(queries.versions_of(code))) == (["Thôn Nà Mạ"], 1)
    assert [node.code for node in queries.search("na ma", on=DAY) if node.level == "village"] == [code]
    told = Area.objects.get(code=code).history.latest("pgh_id")
    assert (told.name, told.pgh_context["reason"]) == ("Nà Mạ", "gõ nhầm")


@pytest.mark.parametrize(("type", "name"), [("Xóm", "Nà Mạ"), ("Xóm", "Pác Bó"), ("Xóm", "\u200b"), ("Xóm", "a" * 121)])
def test_a_correction_that_says_nothing_or_takes_a_neighbours_name_is_refused(type: str, name: str) -> None:
    village("Pác Bó")
    code = village("Nà Mạ").code
    with pytest.raises(ChangeRefusedError):
        correct_village(village=code, type=type, name=name, on=DAY, reason="gõ nhầm", by=system_user())
    assert names(DAY) == ["Xóm Nà Mạ", "Xóm Pác Bó"]


def test_merged_villages_get_a_new_code_or_keep_one_of_theirs() -> None:
    codes = [village(name).code for name in ("Nà Mạ", "Lũng Mật", "Pác Bó")]
    merged = merge_villages(villages=codes[:2], type="Xóm", name="Mạ Mật", **basis(LATER))
    assert merged.code == "01392-004"
    kept = merge_villages(
        villages=[merged.code, codes[2]], type="Xóm", name="Pác Bó", keep=codes[2], **basis(date(2026, 11, 1))
    )
    assert kept.code == codes[2]
    tree = queries.tree_around(codes[0], on=DAY)
    assert [link.to_code for link in tree.successors(codes[0])] == [merged.code]


def test_villages_of_two_communes_are_not_merged_here() -> None:
    codes = [village("Nà Mạ").code, village("Lũng Mật", commune=OTHER).code]
    with pytest.raises(ChangeRefusedError, match="cùng một xã"):
        merge_villages(villages=codes, type="Xóm", name="Mạ Mật", **basis(LATER))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"type": "Huyện"}, "“Huyện” không phải loại đơn vị của cấp này"),
        ({"name": " "}, "Tên còn trống"),
        ({"name": "na mạ"}, None),
        ({"name": "NÀ MẠ"}, "đã có Xóm Nà Mạ"),
        ({"commune": "99999"}, "không có đơn vị cấp trên nào mang mã “99999”"),
        ({"commune": "04"}, "không phải mã thôn, tổ dân phố"),
        ({"legal_basis": ""}, "Còn thiếu căn cứ"),
        ({"on": date(2025, 6, 30)}, "thay đổi từ ngày 01/07/2025"),
    ],
)
def test_a_village_that_cannot_be_is_refused_in_words(given: dict[str, Any], why: str | None) -> None:
    village("Nà Mạ")
    made = {"commune": COMMUNE, "type": "Xóm", "name": "Mới", **basis(), **given}
    if why is None:
        assert create_village(**made).code == "01392-002"
    else:
        with pytest.raises(ChangeRefusedError, match=why):
            create_village(**made)


def test_what_is_no_village_can_be_neither_renamed_nor_closed() -> None:
    with pytest.raises(ChangeRefusedError, match="không có đơn vị nào mang mã 01392-009"):
        rename_village(village="01392-009", type="Xóm", name="Mới", **basis())
    with pytest.raises(ChangeRefusedError, match=r"Trường Hà \(01392\) không phải thôn"):
        close_village(village=COMMUNE, **basis())
    with pytest.raises(ChangeRefusedError, match="Thôn giữ mã"):
        merge_villages(villages=[village("A").code, village("B").code], type="Xóm", name="C", keep="x", **basis(LATER))
