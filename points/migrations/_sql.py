"""What Django's migrations can't say: partitions, triggers, functions. Used by 0001_initial only; a later change gets
a migration of its own."""

LEDGER = """
CREATE SEQUENCE points_pointentry_id_seq;
CREATE TABLE points_pointentry (
    id bigint NOT NULL DEFAULT nextval('points_pointentry_id_seq'),
    year smallint NOT NULL,
    subject_kind smallint NOT NULL,
    subject_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    version_id bigint NOT NULL,
    points numeric(12, 6) NOT NULL,
    source_key varchar(100) NOT NULL,
    title varchar(120) NOT NULL,
    link varchar(120) NOT NULL,
    note varchar(120) NOT NULL,
    acted_on date NOT NULL,
    booked_on date NOT NULL,
    organization_id bigint NOT NULL,
    reverses_id bigint,
    audit uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, year, subject_id),
    CONSTRAINT entry_once UNIQUE (year, subject_kind, subject_id, rule_id, source_key)
) PARTITION BY RANGE (year);
ALTER SEQUENCE points_pointentry_id_seq OWNED BY points_pointentry.id;
CREATE INDEX entry_feed ON points_pointentry (subject_kind, subject_id, id DESC);
CREATE INDEX entry_branch ON points_pointentry (organization_id, id DESC);

CREATE TABLE points_pointbalance (
    period integer NOT NULL,
    subject_kind smallint NOT NULL,
    subject_id bigint NOT NULL,
    points numeric(14, 6) NOT NULL,
    PRIMARY KEY (period, subject_kind, subject_id)
) PARTITION BY RANGE (period);

CREATE TABLE points_rollup (
    period integer NOT NULL,
    organization_id bigint NOT NULL,
    own numeric(14, 6) NOT NULL,
    inner_sum numeric(20, 6) NOT NULL,
    inner_count integer NOT NULL,
    total numeric(18, 6) NOT NULL,
    computed_at timestamptz NOT NULL,
    PRIMARY KEY (period, organization_id)
) PARTITION BY RANGE (period);
"""

# Year, months and quarters lie apart, so that what a night reads whole is contiguous. The free space in each page
# (fillfactor) lets an update stay in its page without touching the index.
PREPARE_YEAR = """
CREATE FUNCTION points_prepare_year(y integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part record;
    parent text;
BEGIN
    IF to_regclass(format('points_pointentry_y%s', y)) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE points_pointentry_y%s PARTITION OF points_pointentry'
                   ' FOR VALUES FROM (%s) TO (%s) PARTITION BY HASH (subject_id)', y, y, y + 1);
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE points_pointentry_y%s_h%s PARTITION OF points_pointentry_y%s'
                       ' FOR VALUES WITH (MODULUS 8, REMAINDER %s)', y, i, y, i);
    END LOOP;
    FOR part IN VALUES ('year', 0, 1), ('months', 1, 13), ('quarters', 21, 25) LOOP
        FOREACH parent IN ARRAY ARRAY['points_pointbalance', 'points_rollup'] LOOP
            EXECUTE format('CREATE TABLE %s_y%s_%s PARTITION OF %s FOR VALUES FROM (%s) TO (%s)'
                           ' WITH (fillfactor = 70)',
                           parent, y, part.column1, parent, y * 100 + part.column2, y * 100 + part.column3);
        END LOOP;
    END LOOP;
END $$;
SELECT points_prepare_year(y) FROM generate_series(
    extract(year FROM now())::int - 1, extract(year FROM now())::int + 1
) AS y;
"""

APPEND_ONLY = """
CREATE FUNCTION points_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: correct by a new entry';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON points_pointentry
    FOR EACH ROW EXECUTE FUNCTION points_append_only();
"""

# rules.md §1. The scale of 20 makes the quotient exact enough that rounding it to 6 places is rounding the true value
# once: a quotient that is no tie is at least 10^-6 ÷ 2n away from one.
FORMULA = """
CREATE FUNCTION members_is_counted(state text, exempt_since date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT state = 'normal' AND exempt_since IS NULL $$;
CREATE FUNCTION points_quotient(total numeric, n bigint) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN n = 0 THEN 0 ELSE round(total::numeric(40, 20) / n, 6) END $$;
CREATE INDEX organization_parent ON organizations_organization (left(path, -4));
"""

# Statement triggers with transition tables: one set operation for each statement, under COPY as well.
HEADCOUNT = """
CREATE FUNCTION points_members_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO points_headcount (member_id, organization_id)
        SELECT id, organization_id FROM new_rows WHERE members_is_counted(state, exempt_since);
    INSERT INTO points_dirty (organization_id, month)
        SELECT DISTINCT organization_id, 0 FROM new_rows WHERE members_is_counted(state, exempt_since);
    RETURN NULL;
END $$;
CREATE FUNCTION points_members_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM points_headcount h USING old_rows o WHERE h.member_id = o.id;
    INSERT INTO points_dirty (organization_id, month) SELECT DISTINCT organization_id, 0 FROM old_rows;
    RETURN NULL;
END $$;
CREATE FUNCTION points_members_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Compared as sets: a join of the two transition tables may be planned as a loop in a loop.
    IF NOT EXISTS (
        SELECT id, organization_id, members_is_counted(state, exempt_since) FROM new_rows
        EXCEPT SELECT id, organization_id, members_is_counted(state, exempt_since) FROM old_rows
    ) THEN
        RETURN NULL;
    END IF;
    INSERT INTO points_dirty (organization_id, month)
        SELECT DISTINCT organization_id, 0 FROM (
            (SELECT id, organization_id, members_is_counted(state, exempt_since) FROM new_rows
             EXCEPT SELECT id, organization_id, members_is_counted(state, exempt_since) FROM old_rows)
            UNION ALL
            (SELECT id, organization_id, members_is_counted(state, exempt_since) FROM old_rows
             EXCEPT SELECT id, organization_id, members_is_counted(state, exempt_since) FROM new_rows)
        ) AS changed;
    DELETE FROM points_headcount h USING new_rows n
        WHERE h.member_id = n.id AND NOT members_is_counted(n.state, n.exempt_since);
    INSERT INTO points_headcount (member_id, organization_id)
        SELECT id, organization_id FROM new_rows WHERE members_is_counted(state, exempt_since) ORDER BY id
        ON CONFLICT (member_id) DO UPDATE SET organization_id = excluded.organization_id
            WHERE points_headcount.organization_id <> excluded.organization_id;
    RETURN NULL;
END $$;
CREATE TRIGGER points_inserted AFTER INSERT ON members_member REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION points_members_inserted();
CREATE TRIGGER points_deleted AFTER DELETE ON members_member REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION points_members_deleted();
CREATE TRIGGER points_updated AFTER UPDATE ON members_member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION points_members_updated();
INSERT INTO points_headcount (member_id, organization_id)
    SELECT id, organization_id FROM members_member WHERE members_is_counted(state, exempt_since);
"""

# A mark reaches all present ancestors when it is taken; so a changed organisation and its former parent are enough:
# were the parent moved by the same statement, it is marked too, and so on up to one that stayed.
STRUCTURE = """
CREATE FUNCTION points_structure_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO points_dirty (organization_id, month) SELECT id, 0 FROM new_rows;
    RETURN NULL;
END $$;
CREATE FUNCTION points_structure_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO points_dirty (organization_id, month)
        SELECT id, 0 FROM (
            SELECT id, path, nature, state FROM new_rows EXCEPT SELECT id, path, nature, state FROM old_rows
        ) AS changed
        UNION
        SELECT p.id, 0 FROM (SELECT id, path FROM old_rows EXCEPT SELECT id, path FROM new_rows) AS moved
            JOIN organizations_organization p ON p.path = left(moved.path, -4);
    RETURN NULL;
END $$;
CREATE FUNCTION points_structure_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO points_dirty (organization_id, month)
        SELECT DISTINCT p.id, 0 FROM old_rows o JOIN organizations_organization p ON p.path = left(o.path, -4);
    RETURN NULL;
END $$;
CREATE TRIGGER points_inserted AFTER INSERT ON organizations_organization REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION points_structure_inserted();
CREATE TRIGGER points_deleted AFTER DELETE ON organizations_organization REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION points_structure_deleted();
CREATE TRIGGER points_updated AFTER UPDATE ON organizations_organization
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION points_structure_updated();
INSERT INTO points_dirty (organization_id, month) SELECT id, 0 FROM organizations_organization;
"""

TABLES = LEDGER + PREPARE_YEAR
RULES = APPEND_ONLY + FORMULA + HEADCOUNT + STRUCTURE

DROP_TABLES = """
DROP TABLE points_pointentry, points_pointbalance, points_rollup;
DROP FUNCTION points_prepare_year;
"""
DROP_RULES = """
DROP TRIGGER points_inserted ON members_member; DROP TRIGGER points_deleted ON members_member;
DROP TRIGGER points_updated ON members_member;
DROP TRIGGER points_inserted ON organizations_organization;
DROP TRIGGER points_deleted ON organizations_organization;
DROP TRIGGER points_updated ON organizations_organization;
DROP INDEX organization_parent;
DROP TRIGGER append_only ON points_pointentry;
DROP FUNCTION points_members_inserted, points_members_deleted, points_members_updated,
    points_structure_inserted, points_structure_updated, points_structure_deleted, points_append_only,
    members_is_counted, points_quotient;
"""
