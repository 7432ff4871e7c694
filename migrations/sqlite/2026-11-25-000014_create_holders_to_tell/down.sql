DROP TABLE holders_to_tell;
