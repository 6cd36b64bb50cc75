"""A new field key comes, everything is sealed anew, the old key goes: nothing is lost, nothing is twice."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from households.registry.models import Person, SealedNumber
from households.registry.numbers import sealed
from households.registry.numbers.rotation import prune_unused
from households.registry.numbers.sealed import find, keep, keep_many, masked, show
from povertyportal.core import second_factor
from povertyportal.core.account_models import RecoveryCode
from povertyportal.core.crypto import unseal
from povertyportal.core.second_factor import about_device, device_of, enrol
from povertyportal.environment import make_field_key
from tests.people import account, on_the_record
from tests.registry.people import AT, household, member, person_of

pytestmark = pytest.mark.django_db

OLDER, NEWER = make_field_key(), make_field_key()
FIRST, SECOND = "004190012345", "004190012346"


@pytest.fixture
def keys(settings: Any) -> Any:
    """``keys.FIELD_KEYS``: newest first."""
    settings.FIELD_KEYS = [OLDER]
    return settings


def rotate(**options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("rotate_numbers", json=True, stdout=out, **{"commit": True, **options})
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_after_the_rotation_the_old_key_can_be_dropped(keys: Any) -> None:
    kept = keep_many(("personal", f"00419001{one:04}") for one in range(7))
    keys.FIELD_KEYS = [NEWER, OLDER]
    assert rotate(batch=3)["left"] == 0
    keys.FIELD_KEYS = [NEWER]
    for (_kind, text), before in kept.items():
        found = find("personal", text)
        assert found is not None
        assert (found.pk, show(found)) == (before.pk, text)
    assert keep("personal", "004190010003").pk == kept["personal", "004190010003"].pk


def test_without_the_rotation_the_old_key_cannot_be_dropped(keys: Any) -> None:
    number = keep("personal", FIRST)
    keys.FIELD_KEYS = [NEWER]
    assert find("personal", FIRST) is None
    assert "không mở được" in masked(number)


def test_the_dry_run_says_what_is_waiting_and_writes_nothing(keys: Any) -> None:
    keep("personal", FIRST)
    keys.FIELD_KEYS = [NEWER, OLDER]
    before = list(SealedNumber.objects.values_list("sealed", "fingerprint"))
    told = rotate(commit=False)
    assert (told["tables"]["households.SealedNumber"], told["left"]) == ({"waiting": 1, "done": 0, "lost": 0}, 1)
    assert [[bytes(one) for one in row] for row in SealedNumber.objects.values_list("sealed", "fingerprint")] == [
        [bytes(one) for one in row] for row in before
    ]


def test_it_goes_on_where_it_stopped(keys: Any, monkeypatch: Any) -> None:
    keep_many(("personal", f"00419001{one:04}") for one in range(6))
    keys.FIELD_KEYS = [NEWER, OLDER]
    calls = iter([None, None])

    def halted(plain: str) -> bytes:
        if next(calls, "stop") == "stop":
            raise KeyboardInterrupt
        return sealed.fingerprint_of(plain)

    monkeypatch.setattr("households.registry.numbers.rotation.fingerprint_of", halted)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        rotate(batch=2)
    monkeypatch.undo()
    keys.FIELD_KEYS = [NEWER, OLDER]
    assert rotate(batch=2)["left"] == 0
    assert rotate()["tables"]["households.SealedNumber"]["waiting"] == 0


def test_a_number_that_two_processes_kept_under_two_keys_becomes_one(keys: Any) -> None:
    """While one of them knew the new key already and the other did not."""
    first = person_of(household(members=[member("Nông Văn An", identity=FIRST)]))
    keys.FIELD_KEYS = [NEWER]
    second = person_of(household(members=[member("Nông Văn Ân", identity=FIRST)]))
    assert first.identity_id != second.identity_id
    keys.FIELD_KEYS = [NEWER, OLDER]
    rotate()
    keys.FIELD_KEYS = [NEWER]
    assert set(Person.objects.values_list("identity", flat=True)) == {second.identity_id}
    assert find("personal", FIRST) == second.identity
    spare = SealedNumber.objects.get(pk=first.identity_id)
    assert show(spare) == FIRST, "the history still leads to a number that can be read"
    assert rotate()["left"] == 0


def test_a_row_that_no_key_opens_is_told_and_the_others_are_done(keys: Any) -> None:
    keep("personal", FIRST)
    keys.FIELD_KEYS = [NEWER]
    keep("personal", SECOND)
    keys.FIELD_KEYS = [make_field_key(), NEWER]
    with pytest.raises(CommandError, match="1 dòng không mở được"):
        rotate()
    assert masked(find("personal", SECOND)) == "•••••••••346"


def test_one_time_codes_go_on_working_after_the_old_key_is_gone(keys: Any) -> None:
    user = account("dao")
    enrol(user=user, key=b"k" * 20, at=AT, by=user, reason="gắn ứng dụng")
    keys.FIELD_KEYS = [NEWER, OLDER]
    told = rotate()
    assert told["recovery_codes"] == RecoveryCode.objects.filter(used_at=None).count() > 0
    keys.FIELD_KEYS = [NEWER]
    device = device_of(user)
    assert device is not None
    assert unseal(device.sealed_key, about=about_device(user)) == b"k" * 20
    assert not second_factor.take_code(user=user, typed="000000", at=AT)


def test_it_says_that_codes_on_paper_need_the_old_key(keys: Any) -> None:
    user = account("dao")
    enrol(user=user, key=b"k" * 20, at=AT, by=user, reason="gắn ứng dụng")
    out = io.StringIO()
    call_command("rotate_numbers", commit=True, stdout=out)
    assert "mã dự phòng trên giấy" in out.getvalue()
    assert "có thể bỏ các khóa cũ" in out.getvalue()


def test_numbers_of_nobody_are_taken_away_and_those_of_the_history_stay(keys: Any) -> None:
    one = person_of(household(members=[member("Nông Văn An", identity=FIRST)]))
    keep("personal", SECOND)
    with on_the_record():
        Person.objects.filter(pk=one.pk).update(identity=keep("personal", "004190012347"))
    assert rotate(prune=True)["pruned"] == 1
    assert find("personal", SECOND) is None
    assert find("personal", FIRST) is not None
    assert prune_unused() == 0
