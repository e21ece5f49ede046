"""How gunicorn serves rmhr: `gunicorn wsgi:app` reads this by itself; its command line wins.

Why these numbers: docs/decisions/0019-what-a-page-loads.md.
"""

import os

bind = f"127.0.0.1:{os.environ.get('RMHR_PORT') or '8000'}"
worker_class = "gthread"
# A page is made by the processor: one worker for each core that this process may use, at least two, so that one that
# is started anew leaves nobody waiting. gunicorn's own variable says another number.
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, len(os.sched_getaffinity(0))))
# A thread more per worker helps while another one waits for the database, or for a slow line.
threads = 4
# The application is made once, and workers share what it is made of.
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
# Otherwise it opens one in the home folder.
control_socket_disable = True
# The application writes one line per request itself, with its id (rmhr/web/logs.py).
accesslog = None


def when_ready(server):
    """Look at the database before the first request comes; what is wrong with it stands in the log.

    What is read for it (every migration) is read once, and shared by the workers, as is what each of them would read
    with its first pages; the connection is closed again.
    """
    from rmhr.web import schema, shared

    app = server.app.wsgi()
    schema.look_at_start(app)
    shared.read(app)
    _let_go(app, close=True)


def post_worker_init(worker):
    """Open connections of its own: one from before the fork would be shared with the other workers."""
    _let_go(worker.wsgi, close=False)


def _let_go(app, close):
    from rmhr.core.db import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=close)
