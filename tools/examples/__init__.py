"""What the picture tool opens where an address names a thing: endpoint → values, by stage."""
