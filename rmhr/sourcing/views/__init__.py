"""The pages of this stage: share links of a posting, recommendations."""

from __future__ import annotations

from rmhr.sourcing.views import recommended, referrals, share_links
from rmhr.sourcing.views.blueprint import recommended as recommended_pages
from rmhr.sourcing.views.blueprint import referrals as referral_pages
from rmhr.sourcing.views.blueprint import share_links as share_link_pages

__all__ = ["blueprints", "recommended", "referrals", "share_links"]

blueprints = [share_link_pages, referral_pages, recommended_pages]
