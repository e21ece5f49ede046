"""Which version of rmhr this is. CHANGELOG.md says what is new in it."""

VERSION = "0.7.0"
