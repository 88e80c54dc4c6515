"""Pictures of the windows and documents, for human eyes."""
