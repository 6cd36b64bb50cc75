from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    name = "households"
    verbose_name = _("Hộ nghèo, hộ cận nghèo")

    def ready(self) -> None:
        import_string("households.access.backend.register")()
        import_string("households.access.histories.register")()
        import_string("households.access.approvals.register")()
        import_string("households.access.standard_kinds.register")()
        import_string("households.access.following.register")()
        import_string("households.access.workplaces.register")()
        import_string("households.registry.numbers.rotation.register")()
        import_string("households.registry.following.register")()
        import_string("households.registry.histories.register")()
        import_string("households.surveys.histories.register")()
        import_string("households.surveys.totals.register")()
        import_string("households.surveys.forms.registration.register")()
        import_string("households.review.registration.register")()
        import_string("households.web.records_registration.register")()
        import_string("households.web.household_registration.register")()
        import_string("households.web.round_registration.register")()
        import_string("households.web.desk.registration.register")()
        import_string("households.web.review.registration.register")()
        import_string("households.web.review.door_registration.register")()
        import_string("households.web.registration.register")()  # its pages need the models, which are loaded by now
