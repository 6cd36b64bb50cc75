from django.apps import AppConfig
from django.utils.module_loading import import_string

from povertyportal.core.job_kinds import register_daily, register_job


class CoreConfig(AppConfig):
    name = "povertyportal.core"
    label = "core"
    verbose_name = "Nền tảng"

    def ready(self) -> None:
        import_string("povertyportal.core.sign_in.listen")()  # needs the models, which are loaded by now
        register_job("close_dormant", "povertyportal.core.dormancy.daily")
        register_daily("close_dormant")
