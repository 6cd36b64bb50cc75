import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyportal.settings")
if settings.EMBEDDED_REFUSAL:
    sys.exit(settings.EMBEDDED_REFUSAL)  # at the start, in one sentence, not at the first request
application = get_wsgi_application()
