"""Tags of this section's templates."""
