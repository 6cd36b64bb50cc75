from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "povertyportal.records"
    label = "records"
    verbose_name = _("Nhật ký và đề nghị chờ duyệt")

    def ready(self) -> None:
        import_string("povertyportal.records.sign_ins.listen")()  # needs the models, which are loaded by now
