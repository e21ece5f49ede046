"""What gunicorn and `flask` load: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import sys

from config import Config, ConfigError
from rmhr import create_app
from rmhr.core.garbage_collection import settle

try:
    config = Config.from_env()
except ConfigError as error:
    print(f"rmhr cannot start: {error}", file=sys.stderr)
    # 3 is how a gunicorn worker says that starting another one is of no use.
    raise SystemExit(3) from None

app = create_app(config)
settle()
