"""What every page needs: labelled routes, forms, tables, who is signed in. Knows HTTP, but no stage."""
