"""The text of PDF files."""

from __future__ import annotations

from .text import Answer, Enough, Text, found


def read_pdf(data: bytes) -> Answer:
    """Every page's text, in the order in which the pages draw it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # 4 is FPDF_ERR_PASSWORD; a file that only its owner's password protects opens without one.
        return {"state": "encrypted" if error.err_code == 4 else "damaged", "kind": "pdf"}
    pages = len(document)
    text, readable = Text(), 0
    for number in range(pages):
        try:
            page = document[number].get_textpage().get_text_range()
        except pypdfium2.PdfiumError:
            continue  # one broken page does not make the others worthless
        readable += 1
        try:
            text.add(page)
            text.add("\n\n")
        except Enough:
            break
    if not readable:
        return {"state": "damaged", "kind": "pdf"}
    return found("pdf", str(text), pages)
