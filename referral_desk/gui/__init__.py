"""The windows. They show and ask; they decide nothing, and only `desk` knows the store."""
