"""What comes in from elsewhere: public data for evaluation, and invented cases for practice."""
