"""What people do: one function is one act, one transaction, one line of history."""
