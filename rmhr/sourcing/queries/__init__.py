"""Every read about share links and recommendations."""

from rmhr.sourcing.queries import referrals, share_links

__all__ = ["referrals", "share_links"]
