//! The composition root of a node: builds the state, mounts the routes, starts
//! the jobs.
