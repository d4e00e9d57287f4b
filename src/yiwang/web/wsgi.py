"""What granian serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

NEW_ONES = 20_000  # objects made before the young are looked through for circles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.web.settings")
application = get_wsgi_application()

# A request makes some thousands of objects and drops nearly all of them by itself: looking for
# circles every 700, as Python does, took a twelfth of the time of a sending.
gc.collect()
gc.freeze()  # what was loaded stays
gc.set_threshold(NEW_ONES, 20, 50)
