"""What gunicorn serves for bench.checkin: the site with `bench.checkin_urls`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanjin.settings")
settings.ROOT_URLCONF = "bench.checkin_urls"
application = get_wsgi_application()
