from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "povertyportal.core"
    label = "core"
    verbose_name = "Nền tảng"
