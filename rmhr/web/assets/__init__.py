"""What pages load besides themselves: one style sheet, one script, one picture, each under an address of its content.

`bootstrap` what is taken of Bootstrap; `sheet` and `script` put many files into one; `folder` keeps and serves them.
"""
