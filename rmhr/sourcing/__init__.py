"""How people come to a posting: share links and recommendations by colleagues."""
