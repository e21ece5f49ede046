"""The papers that a bank needs to introduce the product, made of what the code declares and of texts of our own.

`kinds` says which papers there are and writes them; `tables` makes the tables in them; `declared` names, in both
languages, what only the code names otherwise: areas, kinds of things, access rules, readers of mails.
"""
