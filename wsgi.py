"""What gunicorn and `flask` load: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import gc
import sys

# What a start makes stays: to search it for garbage a dozen times is a tenth of the start. `settle` ends this.
gc.disable()

from config import Config, ConfigError  # noqa: E402
from rmhr import create_app  # noqa: E402
from rmhr.core.garbage_collection import settle  # noqa: E402

try:
    config = Config.from_env()
except ConfigError as error:
    print(f"rmhr cannot start: {error}", file=sys.stderr)
    # 3 is how a gunicorn worker says that starting another one is of no use.
    raise SystemExit(3) from None

app = create_app(config)
settle()
