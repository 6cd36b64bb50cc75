from django.urls import path

from households.web import areas

app_name = "areas"
urlpatterns = [
    path("", areas.tree, name="tree"),
    path("<slug:code>/", areas.detail, name="detail"),
]
