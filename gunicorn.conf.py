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


def post_worker_init(worker):
    """Look at the database before the first request comes; what is wrong with it stands in the log."""
    from rmhr.web import schema

    schema.look_at_start(worker.wsgi)
