from django.urls import path

from households.surveys.forms.listing import LIST
from households.surveys.forms.reach import READ
from households.surveys.forms.saving import FILL
from households.surveys.forms.steps import RETURN
from households.web.desk import (
    confirm,
    finish,
    form,
    history,
    last_year,
    listing,
    panel,
    saving,
    sheets,
    slip,
    tasks,
    work_list,
)
from households.web.desk.asked import ASKS
from povertyportal.core.doors import needs

app_name = "surveys"
urlpatterns = [
    path("", needs(READ, asks=ASKS)(work_list.work_list), name="list"),
    path("list-households/", needs(LIST, asks=["what"])(listing.list_households), name="list_households"),
    path("add/", needs(LIST, asks=["household"])(listing.add), name="add"),
    path("sheets/", needs(READ, asks=["round", "area"])(sheets.sheets), name="sheets"),
    path("sheets/files/<uuid:key>/", needs(READ)(sheets.sheets_file), name="sheets_file"),
    path("sheets/<uuid:key>/", needs(READ)(sheets.sheets_job), name="sheets_job"),
    path("sheets/<uuid:key>/state/", needs(READ)(sheets.sheets_state), name="sheets_state"),
    path("sheets/<uuid:key>/cancel/", needs(READ)(sheets.sheets_cancel), name="sheets_cancel"),
    path("<int:pk>/result.pdf", needs(READ, asks=["purpose"])(slip.slip), name="slip"),
    path("households/<int:household>/", needs(READ, asks=["on"])(panel.household_forms), name="household"),
    path("assign/", needs(LIST, asks=["round", "area"])(tasks.assign_forms), name="assign"),
    path("<int:pk>/", needs(READ)(form.form_page), name="form"),
    path("<int:pk>/take/", needs(FILL)(tasks.take), name="take"),
    path("<int:pk>/return/", needs(RETURN)(tasks.give_back), name="return"),
    path("<int:pk>/drop/", needs(LIST)(tasks.drop), name="drop"),
    path("device-key/", needs(FILL)(saving.device_key), name="device_key"),
    path("<int:pk>/save/", needs(FILL)(saving.save), name="save"),
    path("<int:pk>/confirm/", needs(FILL)(confirm.confirm), name="confirm"),
    path("<int:pk>/last-year/", needs(FILL)(last_year.last_year), name="last_year"),
    path("<int:pk>/finish/", needs(FILL)(finish.finish), name="finish"),
    path("<int:pk>/hand-over/", needs(FILL)(finish.hand_over_form), name="hand_over"),
    path("<int:pk>/now/", needs(READ, asks=["base"])(saving.now_there), name="now"),
    path("<int:pk>/history/", needs(READ, asks=["page", "field"])(history.history), name="history"),
]
