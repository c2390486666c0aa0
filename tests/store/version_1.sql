-- the tables of store version 1
PRAGMA application_id = 1734702708;
PRAGMA user_version = 1;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    config TEXT NOT NULL
);
CREATE TABLE problems (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    source TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX problems_of_article ON problems (article);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    text_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    contexts TEXT NOT NULL,
    fixed TEXT NOT NULL
);
CREATE INDEX documents_of_article ON documents (article);
CREATE TABLE incidents (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE claims (
    event TEXT NOT NULL REFERENCES events ON DELETE CASCADE,
    document TEXT NOT NULL,
    harm TEXT NOT NULL,
    low INTEGER NOT NULL,
    best INTEGER NOT NULL,
    high INTEGER,
    qualifier TEXT NOT NULL,
    victims TEXT NOT NULL,
    speaker TEXT,
    stance TEXT NOT NULL,
    quote TEXT NOT NULL
);
CREATE INDEX claims_of_event ON claims (event);
CREATE TABLE close_calls (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    score REAL NOT NULL,
    merged INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE decisions (position INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    inputs TEXT NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0
);
