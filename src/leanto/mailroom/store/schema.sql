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
  urgent INTEGER NOT NULL,
  plan BLOB NOT NULL CHECK (length(plan) = 72),
  claimer BLOB,
  next_action_at INTEGER NOT NULL,
  expires_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS request_next ON request (next_action_at);

-- Who is busy elsewhere, without reading every request.
CREATE INDEX IF NOT EXISTS request_claimer ON request (claimer) WHERE claimer IS NOT NULL;

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

-- How often rings are accepted, by tier and part of day. Decayed: two numbers, and no list of rings.
CREATE TABLE IF NOT EXISTS tier_gauge (
  tier INTEGER NOT NULL,
  part INTEGER NOT NULL,
  tries REAL NOT NULL,
  answers REAL NOT NULL,
  PRIMARY KEY (tier, part)
) STRICT, WITHOUT ROWID;

-- The same by the duty part's random number of a peer, and whom to spare. Shows how busy a peer is: never leaves this room.
CREATE TABLE IF NOT EXISTS peer_gauge (
  person BLOB NOT NULL PRIMARY KEY CHECK (length(person) = 8),
  tries REAL NOT NULL,
  answers REAL NOT NULL,
  alarms REAL NOT NULL,
  alarms_day INTEGER NOT NULL,
  night_day INTEGER NOT NULL,
  night_before_day INTEGER NOT NULL,
  rests_until_hour INTEGER NOT NULL,
  keeps_place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who agreed to be rung for practice: 1 by day, 2 also at night.
CREATE TABLE IF NOT EXISTS drill_consent (
  person BLOB NOT NULL PRIMARY KEY CHECK (length(person) = 8),
  drills INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A drill that rings now. Gone after a quarter of an hour.
CREATE TABLE IF NOT EXISTS drill (
  person BLOB NOT NULL PRIMARY KEY CHECK (length(person) = 8),
  id BLOB NOT NULL CHECK (length(id) = 16),
  at INTEGER NOT NULL,
  done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Within how many minutes drills were answered, by part of day. Decayed, and of nobody: never of a request.
CREATE TABLE IF NOT EXISTS answer_time (
  part INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  drills REAL NOT NULL,
  PRIMARY KEY (part, minutes)
) STRICT, WITHOUT ROWID;

-- Who ever had a drill in that part of day, so that no number is told that is about fewer than three.
CREATE TABLE IF NOT EXISTS drilled (
  part INTEGER NOT NULL,
  person BLOB NOT NULL CHECK (length(person) = 8),
  PRIMARY KEY (part, person)
) STRICT, WITHOUT ROWID;

-- By what a peer is woken, in order, under the duty part's random number of theirs. Where it leads, the notifier knows.
CREATE TABLE IF NOT EXISTS wakes (
  person BLOB NOT NULL CHECK (length(person) = 8),
  place INTEGER NOT NULL,
  endpoint_id BLOB NOT NULL CHECK (length(endpoint_id) = 16),
  PRIMARY KEY (person, place)
) STRICT, WITHOUT ROWID;

-- Which ways a ring has taken. Goes with the request.
CREATE TABLE IF NOT EXISTS woken (
  ring_id BLOB NOT NULL CHECK (length(ring_id) = 16),
  address BLOB NOT NULL CHECK (length(address) = 16),
  began_at INTEGER NOT NULL,
  heard INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  PRIMARY KEY (ring_id, address)
) STRICT, WITHOUT ROWID;

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
