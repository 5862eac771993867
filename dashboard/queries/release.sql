SELECT release_id, audience, schema_version, as_of, built_at, has_synthetic FROM meta.release;
