"""The one blueprint of all pages about interviews: some lie below an application."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("interviews", __name__)
