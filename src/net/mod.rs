//! The one guarded way to fetch what others publish.
