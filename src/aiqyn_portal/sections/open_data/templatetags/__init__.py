"""Tags of the section's templates."""
