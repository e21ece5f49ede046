"""The program that reads one stranger's file: alone, with little memory, little time and nothing to send.

`main.py` gets the file on standard input and writes one JSON object to standard output:
{"state": …, "kind": …, "text": …, "pages": …}, or the outline and the passages of a text. It imports nothing of rmhr,
so that it starts fast and has little to lose; before the first byte is read it gives up whatever it does not need
(`confine.py`), and its answer says what of that the system did not offer. `rmhr.core.files.extraction` starts it and
says what the states mean. PDFium is C++, and now and then a file is hostile: a crash, a bomb or an endless loop ends
here and nowhere else.
"""
