//! A node's settings, from a file and the environment; all problems are told at
//! once.
