"""Files from outside and from us: types, storage, text of CVs, pictures, PDF."""
