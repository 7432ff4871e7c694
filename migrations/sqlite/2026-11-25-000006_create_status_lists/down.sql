DROP TABLE published_lists;
DROP TABLE status_changes;
DROP TABLE status_entries;
DROP TABLE status_lists;
