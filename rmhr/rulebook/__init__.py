"""The register of legal and practice rules: which hold, why, where they are used, who has checked that they do."""
