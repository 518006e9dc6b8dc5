-- From the first schema to the second: a request may be urgent and bring a plan; who rings is learned, woken, drilled.
-- What is open stays open: not urgent, and without a plan.

DROP INDEX request_next;
ALTER TABLE request RENAME TO request_1;
CREATE TABLE request (
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
INSERT INTO request (id, reply_address, state, urgency, wish, claimer, next_action_at, expires_day, urgent, plan)
  SELECT id, reply_address, state, urgency, wish, claimer, next_action_at, expires_day, 0,
  x'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' FROM request_1;
DROP TABLE request_1;
CREATE INDEX request_next ON request (next_action_at);

CREATE INDEX request_claimer ON request (claimer) WHERE claimer IS NOT NULL;

CREATE TABLE tier_gauge (
  tier INTEGER NOT NULL,
  part INTEGER NOT NULL,
  tries REAL NOT NULL,
  answers REAL NOT NULL,
  PRIMARY KEY (tier, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_gauge (
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

CREATE TABLE drill_consent (
  person BLOB NOT NULL PRIMARY KEY CHECK (length(person) = 8),
  drills INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drill (
  person BLOB NOT NULL PRIMARY KEY CHECK (length(person) = 8),
  id BLOB NOT NULL CHECK (length(id) = 16),
  at INTEGER NOT NULL,
  done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE answer_time (
  part INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  drills REAL NOT NULL,
  PRIMARY KEY (part, minutes)
) STRICT, WITHOUT ROWID;

CREATE TABLE drilled (
  part INTEGER NOT NULL,
  person BLOB NOT NULL CHECK (length(person) = 8),
  PRIMARY KEY (part, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE wakes (
  person BLOB NOT NULL CHECK (length(person) = 8),
  place INTEGER NOT NULL,
  endpoint_id BLOB NOT NULL CHECK (length(endpoint_id) = 16),
  PRIMARY KEY (person, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE woken (
  ring_id BLOB NOT NULL CHECK (length(ring_id) = 16),
  address BLOB NOT NULL CHECK (length(address) = 16),
  began_at INTEGER NOT NULL,
  heard INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  PRIMARY KEY (ring_id, address)
) STRICT, WITHOUT ROWID;
