DROP TABLE node_facts;
