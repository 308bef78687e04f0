"""Pages of the evaluator and of the officer of a body."""
