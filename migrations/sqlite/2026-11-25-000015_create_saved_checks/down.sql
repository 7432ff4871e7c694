DROP TABLE saved_checks;
