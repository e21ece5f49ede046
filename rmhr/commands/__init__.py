"""Commands of the whole product; those of a stage stand in its `cli.py`."""
