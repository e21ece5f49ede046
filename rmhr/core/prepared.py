"""What PostgreSQL has planned once it plans no more: statements stay prepared from one request to the next.

To plan a statement over all due sources takes three times as long as to run it. psycopg prepares what a connection runs
again and again, and forgets all of it with each ROLLBACK; and every request that only reads ends with one. Here such a
transaction ends with COMMIT, which comes to the same. `core.db` tells whether it only reads.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.pq import TransactionStatus

#: So many statements stay prepared on each connection: as many as there are on all pages.
MOST = 500


class Prepared(Connection[Any]):
    """A connection that keeps what it has prepared when a transaction that only read is over."""

    only_reads = False

    def __init__(self, *how: Any, **more: Any) -> None:
        super().__init__(*how, **more)
        self.prepared_max = MOST

    def rollback(self) -> None:
        """Undo what was written; where nothing was, there is nothing to undo."""
        if self.only_reads and self.info.transaction_status is TransactionStatus.INTRANS:
            self.commit()
        else:
            super().rollback()
