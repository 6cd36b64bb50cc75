from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Báo cáo")

    def ready(self) -> None:
        import_string("reports.reported.histories.register")()
        import_string("reports.web.registration.register")()  # its pages need the models, which are loaded by now
