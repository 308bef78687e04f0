"""Rounds of evaluation: answers, objections, frozen ratings, corrections."""
