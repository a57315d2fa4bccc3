\set reseller random(2, 1001)
\set service random(1, 1000)
\set number random(1, 1000000000000)
SELECT place_order('peer-key-' || :reseller, :service, :number::text, :number::text);
