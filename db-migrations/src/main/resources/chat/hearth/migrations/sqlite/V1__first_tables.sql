-- Numbers ("nid") stand for identifiers everywhere but in the table that explains them; they come
-- from stream_head, inside the transaction that first uses them. There are no foreign keys: rows
-- are written by one journal only, and the hot tables would pay for each check.

-- One row. mark: a random number from the server's last transaction, by which it knows its own
-- work again. version: of this row; see StreamHead.
CREATE TABLE stream_head (
    version INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
    position INTEGER NOT NULL,
    state_nid INTEGER NOT NULL,
    user_nid INTEGER NOT NULL,
    room_nid INTEGER NOT NULL,
    key_nid INTEGER NOT NULL,
    type_nid INTEGER NOT NULL,
    device_nid INTEGER NOT NULL,
    mark INTEGER NOT NULL
) STRICT;

INSERT INTO stream_head VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0);

-- One row per start of a server, in order: a random name, and the position it went on from.
CREATE TABLE runs (
    run_nid INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    user_nid INTEGER NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_by_id ON users (user_id);

-- Types of events, relations, receipts and account data.
CREATE TABLE types (
    type_nid INTEGER NOT NULL PRIMARY KEY,
    type TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX types_by_name ON types (type);

CREATE TABLE state_keys (
    key_nid INTEGER NOT NULL PRIMARY KEY,
    type_nid INTEGER NOT NULL,
    state_key TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX state_keys_by_key ON state_keys (type_nid, state_key);

-- extremities: positions as zigzag varints; NULL says that the latest event is the only one.
-- joined_members repeats what a count of memberships would give.
CREATE TABLE rooms (
    room_nid INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    version TEXT NOT NULL,
    created_ts INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    current_state INTEGER NOT NULL,
    extremities BLOB,
    joined_members INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX rooms_by_id ON rooms (room_id);
CREATE INDEX rooms_listed ON rooms (room_nid) WHERE listed = 1;

-- state_mark repeats state_before on the first event seen with it, so that the index which tells
-- whether a state version is in use holds one entry per version instead of one per event.
-- notify_index and thread_index: how many events outside of threads, or of its thread, up to this
-- one count as unread to a plain member. flags from 4 on: the event itself does.
CREATE TABLE events (
    position INTEGER NOT NULL PRIMARY KEY,
    room_nid INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    sender_nid INTEGER NOT NULL,
    type_nid INTEGER NOT NULL,
    key_nid INTEGER,
    depth INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    notify_index INTEGER NOT NULL,
    thread INTEGER,
    thread_index INTEGER,
    state_before INTEGER NOT NULL,
    state_mark INTEGER,
    replaces INTEGER,
    redacted_by INTEGER,
    client_json BLOB NOT NULL,
    federation_json BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_id ON events (event_id);
CREATE INDEX events_by_room ON events (room_nid, position);
CREATE INDEX events_by_thread ON events (thread, position) WHERE thread IS NOT NULL;
CREATE INDEX events_by_thread_sender ON events (thread, sender_nid, position)
    WHERE thread IS NOT NULL;
CREATE INDEX events_by_sender ON events (room_nid, sender_nid, position)
    WHERE thread IS NULL AND (key_nid IS NULL OR flags >= 4);
CREATE INDEX events_redacted ON events (room_nid, position) WHERE redacted_by IS NOT NULL;
CREATE INDEX events_by_state ON events (state_mark) WHERE state_mark IS NOT NULL;

-- notifying: how many of the thread's events count as unread to a plain member.
CREATE TABLE threads (
    room_nid INTEGER NOT NULL,
    root INTEGER NOT NULL PRIMARY KEY,
    last_position INTEGER NOT NULL,
    notifying INTEGER NOT NULL
) STRICT;
CREATE INDEX threads_by_activity ON threads (room_nid, last_position);

-- kind: 0 snapshot, 1 all changes since the snapshot in base, 2 changes since the version in base.
CREATE TABLE state_versions (
    state_nid INTEGER NOT NULL PRIMARY KEY,
    room_nid INTEGER NOT NULL,
    base INTEGER,
    kind INTEGER NOT NULL,
    hops INTEGER NOT NULL,
    entries BLOB NOT NULL
) STRICT;
CREATE INDEX state_versions_by_base ON state_versions (base) WHERE base IS NOT NULL;

CREATE TABLE memberships (
    user_nid INTEGER NOT NULL,
    room_nid INTEGER NOT NULL,
    membership INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sender_nid INTEGER NOT NULL,
    forgotten INTEGER NOT NULL,
    stripped_state BLOB,
    PRIMARY KEY (user_nid, room_nid)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_room ON memberships (room_nid, membership, user_nid);
CREATE INDEX memberships_by_user ON memberships (user_nid, membership, room_nid);
CREATE INDEX memberships_by_position ON memberships (user_nid, position);

-- Rooms that let guests in no longer, until the last of them is out. position: of the event that
-- closed the door.
CREATE TABLE closed_to_guests (
    room_nid INTEGER NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT;

-- Rooms that replaced others whose bans are still on their way. after_nid: the last banned user, by
-- number, who was looked at.
CREATE TABLE following_bans (
    room_nid INTEGER NOT NULL PRIMARY KEY,
    predecessor_nid INTEGER NOT NULL,
    sender_nid INTEGER NOT NULL,
    after_nid INTEGER NOT NULL
) STRICT;

-- hash: 64 bits of the SHA-256 of relation type, event type and key; 0 without a key.
CREATE TABLE relations (
    target INTEGER NOT NULL,
    child INTEGER NOT NULL,
    type_nid INTEGER NOT NULL,
    sender_nid INTEGER NOT NULL,
    relation_key TEXT,
    hash INTEGER NOT NULL,
    PRIMARY KEY (target, child)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_by_sender ON relations (target, sender_nid, hash);
CREATE INDEX relations_by_type ON relations (target, type_nid, child);

CREATE TABLE highlights (
    user_nid INTEGER NOT NULL,
    room_nid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    PRIMARY KEY (user_nid, room_nid, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX highlights_by_thread ON highlights (user_nid, room_nid, thread, position);

CREATE TABLE receipts (
    room_nid INTEGER NOT NULL,
    user_nid INTEGER NOT NULL,
    type_nid INTEGER NOT NULL,
    thread TEXT NOT NULL,
    event INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (user_nid, room_nid, type_nid, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_by_position ON receipts (room_nid, type_nid, position);

-- room_nid 0: global.
CREATE TABLE account_data (
    user_nid INTEGER NOT NULL,
    room_nid INTEGER NOT NULL,
    type_nid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (user_nid, room_nid, type_nid)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_data_by_position ON account_data (user_nid, position);

-- hash: 64 bits of the SHA-256 of json, so that an equal filter is found without reading all.
CREATE TABLE filters (
    user_nid INTEGER NOT NULL,
    filter_nid INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    json BLOB NOT NULL,
    PRIMARY KEY (user_nid, filter_nid)
) STRICT, WITHOUT ROWID;
CREATE INDEX filters_by_hash ON filters (hash, user_nid);

CREATE TABLE aliases (
    alias TEXT NOT NULL PRIMARY KEY,
    room_nid INTEGER NOT NULL,
    creator_nid INTEGER NOT NULL,
    created_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_room ON aliases (room_nid, alias);

CREATE TABLE profiles (
    user_nid INTEGER NOT NULL,
    field TEXT NOT NULL,
    value BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (user_nid, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX profiles_pending ON profiles (user_nid) WHERE field = '.pending';

-- What was last told of a user's presence, so that it can be taken back after a restart.
CREATE TABLE presence (
    user_nid INTEGER NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    status_message TEXT,
    last_active INTEGER NOT NULL,
    told_ts INTEGER NOT NULL
) STRICT;
CREATE INDEX presence_by_time ON presence (told_ts);

CREATE TABLE accounts (
    user_nid INTEGER NOT NULL PRIMARY KEY,
    password_hash TEXT,
    created_ts INTEGER NOT NULL,
    admin INTEGER NOT NULL,
    guest INTEGER NOT NULL,
    deactivated INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    suspended INTEGER NOT NULL
) STRICT;

CREATE INDEX accounts_erased ON accounts (user_nid) WHERE erased = 1;

CREATE TABLE devices (
    device_nid INTEGER NOT NULL PRIMARY KEY,
    user_nid INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    display_name TEXT,
    created_ts INTEGER NOT NULL,
    last_seen_ts INTEGER NOT NULL,
    last_seen_ip TEXT
) STRICT;
CREATE UNIQUE INDEX devices_by_id ON devices (user_nid, device_id);
CREATE INDEX devices_by_user ON devices (user_nid, device_nid);

-- Tokens are kept as SHA-256 only. expires_ts 0: never.
CREATE TABLE access_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_nid INTEGER NOT NULL,
    device_nid INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_by_device ON access_tokens (device_nid, generation);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_ts) WHERE expires_ts > 0;

-- used: 0 not exchanged, 1 exchanged for tokens that were not used yet, 2 used up.
CREATE TABLE refresh_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_nid INTEGER NOT NULL,
    device_nid INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_device ON refresh_tokens (device_nid, generation);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_ts) WHERE expires_ts > 0;

CREATE TABLE login_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_nid INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_tokens_by_expiry ON login_tokens (expires_ts);
CREATE INDEX login_tokens_by_user ON login_tokens (user_nid);

-- uses_allowed NULL: any number.
CREATE TABLE registration_tokens (
    token TEXT NOT NULL PRIMARY KEY,
    uses_allowed INTEGER,
    pending INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Keyed by position, so that the oldest are the first and removing them needs no further index.
-- The unique index starts with the client's id: most clients count or tell the time in it, so that
-- what comes in together lies together.
CREATE TABLE transactions (
    position INTEGER NOT NULL PRIMARY KEY,
    device_nid INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    txn_id TEXT NOT NULL,
    ts INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX transactions_by_key ON transactions (txn_id, device_nid, scope);
