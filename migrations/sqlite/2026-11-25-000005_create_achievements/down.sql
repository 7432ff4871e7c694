DROP TABLE achievement_versions;
DROP TABLE achievements;
