"""What the field knows: steps, questions, safeguards, national mechanisms. No input, no output, no clock."""
