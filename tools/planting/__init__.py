"""Sites that nobody made by hand: composed from a seed, broken on purpose, held against the rules.

`python -m tools.planting --sites 200 --seed 1` says of every rule how much of what was
planted it finds, and how often it accuses wrongly.
"""
