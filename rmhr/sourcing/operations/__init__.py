"""Every write about share links and recommendations."""

from rmhr.sourcing.operations import referrals, share_links

__all__ = ["referrals", "share_links"]
