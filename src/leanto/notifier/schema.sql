-- Everything the notifier holds. tests/walls/test_schema.py compares it with what it may hold. Where an endpoint leads is
-- sealed under a key that lies in another file. Days are whole days since 1970, hours whole hours; only *_at are seconds.

CREATE TABLE IF NOT EXISTS endpoint (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  state INTEGER NOT NULL,
  named INTEGER NOT NULL,
  goes_hour INTEGER NOT NULL,
  delivered_day INTEGER NOT NULL,
  alive_day INTEGER NOT NULL,
  sealed BLOB NOT NULL CHECK (length(sealed) IN (0, 2076))
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS wake (
  endpoint_id BLOB NOT NULL PRIMARY KEY CHECK (length(endpoint_id) = 16),
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
