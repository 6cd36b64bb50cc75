from django.apps import AppConfig

from povertyportal.core.job_kinds import register_job


class SlowJobsConfig(AppConfig):
    name = "tests.faults.slow_jobs"

    def ready(self) -> None:
        for kind in ("make_rows", "kill_myself", "refuse", "fail"):
            register_job(kind, f"tests.faults.slow_jobs.handlers.{kind}")
