//! Roles, and what each may do: one pure table.
