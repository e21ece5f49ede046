"""Owns competencies, question bank, interviews, scorecards and the decision.

An interview is the same for everybody who is asked: same questions, same anchors. Each interviewer judges
alone before seeing what the others think; a person decides, with the reason beside it.
"""
