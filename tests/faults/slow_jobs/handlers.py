"""Jobs that can be killed in the middle: rows made one each step, and three bad ends."""

import os
import time
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

from povertyportal.core.job_kinds import JobRefused, Progress


def make_rows(progress: Progress, arguments: dict[str, Any]) -> dict[str, int]:
    for number in range(arguments["count"]):
        key = f"{arguments['prefix']} {number}"
        tomorrow = timezone.now() + timedelta(days=1)  # the daily work, which runs beside, clears expired sessions
        Session.objects.create(session_key=key, session_data="", expire_date=tomorrow)
        progress.step(number + 1, arguments["count"], "tạo dòng")
        time.sleep(arguments["pause"])
    return {"made": arguments["count"]}


def kill_myself(progress: Progress, arguments: dict[str, Any]) -> None:
    os.kill(os.getpid(), 9)


def refuse(progress: Progress, arguments: dict[str, Any]) -> None:
    raise JobRefused("Tệp không có dòng nào.")


def fail(progress: Progress, arguments: dict[str, Any]) -> None:
    raise ValueError("012345678901 là số định danh")
