-- Everything the mailroom holds. tests/walls/test_schema.py compares it with what it may hold: no person, no device, no
-- network address, no time finer than its purpose needs, no sequence. Every id is random and every table WITHOUT ROWID,
-- so that the file does not remember who came first. Days are whole days since 1970; only *_at are seconds.

CREATE TABLE IF NOT EXISTS mailbox (
  address BLOB NOT NULL PRIMARY KEY CHECK (length(address) = 16),
  lease_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS envelope (
  address BLOB NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  expires_day INTEGER NOT NULL,
  body BLOB NOT NULL CHECK (length(body) = 4096),
  PRIMARY KEY (address, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS request (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  reply_address BLOB NOT NULL UNIQUE CHECK (length(reply_address) = 16),
  state INTEGER NOT NULL,
  urgency INTEGER NOT NULL,
  wish INTEGER NOT NULL,
  claimer BLOB,
  next_action_at INTEGER NOT NULL,
  expires_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS request_next ON request (next_action_at);

CREATE TABLE IF NOT EXISTS sealed_request (
  request_id BLOB NOT NULL,
  duty_address BLOB NOT NULL CHECK (length(duty_address) = 16),
  slot INTEGER NOT NULL,
  state INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  body BLOB NOT NULL CHECK (length(body) = 4096),
  PRIMARY KEY (request_id, duty_address)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS sealed_request_duty ON sealed_request (duty_address);

CREATE TABLE IF NOT EXISTS spent (
  token_digest BLOB NOT NULL PRIMARY KEY CHECK (length(token_digest) = 32),
  epoch INTEGER NOT NULL,
  body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
  status INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS slot (
  address BLOB NOT NULL PRIMARY KEY CHECK (length(address) = 16),
  lease_day INTEGER NOT NULL,
  body BLOB NOT NULL CHECK (length(body) = 16384)
) STRICT, WITHOUT ROWID;

-- Counting and sweeping without reading the copies.
CREATE INDEX IF NOT EXISTS slot_lease ON slot (lease_day);

-- The newest that was accepted, and the last one of each program key before it.
CREATE TABLE IF NOT EXISTS charter (
  serial INTEGER NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: the newest that was accepted.
CREATE TABLE IF NOT EXISTS bulletin (
  serial INTEGER NOT NULL PRIMARY KEY,
  head BLOB NOT NULL,
  public_part BLOB NOT NULL,
  members_part BLOB NOT NULL,
  duty_part BLOB NOT NULL
) STRICT, WITHOUT ROWID;
