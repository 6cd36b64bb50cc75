from django.urls import path

from households.surveys.forms.saving import FILL
from households.web.desk import saving
from households.web.desk.saving import READ
from povertyportal.core.doors import needs

app_name = "surveys"
urlpatterns = [
    path("device-key/", needs(FILL)(saving.device_key), name="device_key"),
    path("<int:pk>/save/", needs(FILL)(saving.save), name="save"),
    path("<int:pk>/now/", needs(READ, asks=["base"])(saving.now_there), name="now"),
]
