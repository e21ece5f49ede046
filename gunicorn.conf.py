"""How gunicorn serves rmhr: `gunicorn wsgi:app` reads this by itself; its command line wins."""

import os

bind = f"127.0.0.1:{os.environ.get('RMHR_PORT') or '8000'}"
worker_class = "gthread"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 10
keepalive = 5
# Otherwise it opens one in the home folder.
control_socket_disable = True
# The application writes one line per request itself, with its id (rmhr/web/logs.py).
accesslog = None
