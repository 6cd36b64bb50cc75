"""Making, closing and opening accounts, each with who and why; accounts nobody uses close by themselves."""

import io
import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from povertyportal.core.accounts import (
    AccountRefused,
    end_account,
    make_account,
    reset_password,
    resume,
    suspend,
    system_user,
)
from povertyportal.core.dormancy import close_dormant, daily, unused_accounts
from povertyportal.core.job_kinds import Progress, daily_kinds, is_registered, register_daily
from povertyportal.core.models import Job, User
from povertyportal.core.supervisor import Supervisor
from tests.people import on_the_record


def done(action, user: User):
    return action(user=user, by=system_user(), at=timezone.now(), reason="Theo quyết định số 12/QĐ-UBND")


def made(username: str = "luong.son", full_name: str = "Lương Văn Sơn") -> tuple[User, str]:
    return make_account(
        username=username, full_name=full_name, by=system_user(), at=timezone.now(), reason="Cán bộ mới"
    )


def test_a_new_account_has_a_password_to_be_changed(db):
    user, password = made()
    assert user.check_password(password)
    assert (user.status, user.is_active, user.must_change_password) == ("active", True, True)
    assert user.history.get().pgh_context["reason"] == "Cán bộ mới"


@pytest.mark.parametrize("name", ["", "ab", "Luong.Son", "lương.sơn", "1son", "son.", "a b c", "x" * 41, "son;drop"])
def test_a_name_that_cannot_be_typed_everywhere_is_refused_with_an_example(db, name):
    with pytest.raises(AccountRefused, match=r"Ví dụ: nong\.bich\.dao") as refusal:
        made(name)
    assert refusal.value.field == "username"


def test_a_name_is_given_once(db):
    made()
    with pytest.raises(AccountRefused, match="đã có người dùng"):
        made()


def test_a_person_has_a_name(db):
    with pytest.raises(AccountRefused, match="họ và tên"):
        made(full_name="  ")


def test_a_suspended_account_can_be_opened_again_and_an_ended_one_cannot(official):
    done(suspend, official)
    assert (official.status, official.is_active) == ("suspended", False)
    done(resume, official)
    assert official.is_active
    done(end_account, official)
    for action in (resume, suspend, end_account, reset_password):
        with pytest.raises(AccountRefused, match="đã kết thúc và không mở lại được"):
            done(action, official)


def test_doing_it_twice_is_told(official):
    with pytest.raises(AccountRefused, match="đang hoạt động rồi"):
        done(resume, official)
    done(suspend, official)
    with pytest.raises(AccountRefused, match="“tạm ngừng” rồi"):
        done(suspend, official)
    with pytest.raises(AccountRefused, match="hãy mở lại trước"):
        done(reset_password, official)


@pytest.mark.parametrize("action", [suspend, end_account, reset_password])
def test_the_system_s_own_account_stays_as_it_is(db, action):
    with pytest.raises(AccountRefused, match="của hệ thống"):
        done(action, system_user())


def test_a_new_password_replaces_the_old_one(official):
    password = done(reset_password, official)
    assert official.check_password(password)
    assert official.must_change_password


@pytest.mark.parametrize(("status", "active"), [("active", False), ("suspended", True), ("gone", False)])
def test_the_database_lets_no_state_contradict_itself(official, status, active):
    with pytest.raises(IntegrityError, match="account_active_by_status"), transaction.atomic(), on_the_record():
        User.objects.filter(pk=official.pk).update(status=status, is_active=active)


def not_used_for(user: User, days: float) -> None:
    since = timezone.now() - timedelta(days=days)
    with on_the_record():
        User.objects.filter(pk=user.pk).update(date_joined=since - timedelta(days=400), last_login=since)


@pytest.mark.parametrize(("days", "closed"), [(44.9, False), (45, True)])
def test_an_account_closes_after_45_days_without_a_sign_in(official, days, closed):
    not_used_for(official, days)
    assert close_dormant(at=timezone.now(), by=system_user()) == ([official] if closed else [])


def test_an_account_opened_again_has_45_days_to_be_used(official):
    not_used_for(official, 60)
    close_dormant(at=timezone.now(), by=system_user())
    official.refresh_from_db()
    done(resume, official)
    assert not unused_accounts(at=timezone.now()).exists()
    assert unused_accounts(at=timezone.now() + timedelta(days=45)).get() == official


def test_the_system_s_own_account_never_closes(db):
    assert not unused_accounts(at=timezone.now() + timedelta(days=1000)).exists()


def test_the_command_says_what_it_would_do_and_does_it_when_told(official):
    not_used_for(official, 50)
    for commit in (False, True):
        out = io.StringIO()
        call_command("close_dormant", "--json", *(["--commit"] if commit else []), stdout=out)
        assert json.loads(out.getvalue()) == {"committed": commit, "accounts": [official.username]}
        official.refresh_from_db()
        assert official.is_active is not commit


def test_the_command_acts_with_the_rights_of_the_named_person(official):
    with pytest.raises(CommandError, match="không có quyền quản lý tài khoản"):
        call_command("close_dormant", "--commit", "--by", official.username)


def test_the_supervisor_asks_for_each_daily_job_once_a_day(db):
    for _ in range(2):
        supervisor = Supervisor(workers=0)
        supervisor._ask_daily(timezone.localdate())
        supervisor._ask_daily(timezone.localdate())
    assert Job.objects.filter(kind="close_dormant").count() == 1
    supervisor._ask_daily(timezone.localdate() + timedelta(days=1))
    assert Job.objects.filter(kind="close_dormant").count() == 2


def test_the_daily_job_closes_what_nobody_uses_and_clears_what_has_run_out(official):
    not_used_for(official, 46)
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now() - timedelta(days=1))
    assert daily(Progress(), {})["closed"] == 1
    assert not Session.objects.exists()


def test_only_a_known_kind_of_work_can_be_daily():
    assert all(is_registered(kind) for kind in daily_kinds())
    with pytest.raises(ValueError, match="no handler"):
        register_daily("nothing of the kind")
