"""What people see: frozen cards read in one consistent look. Nothing here ever writes."""
