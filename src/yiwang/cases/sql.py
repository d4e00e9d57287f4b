"""The statements of this room that are written by hand, each under a sentence."""

SUBMIT = """
    -- A case that begins (a root as it was sent, an item that waited), with its children's
    -- cases, first tasks and clocks.
    WITH root AS (
        UPDATE cases_case SET
            state = sent.state, key = sent.key, submitted_at = sent.submitted_at,
            instant = sent.instant, waits_for = sent.waits_for
        FROM jsonb_populate_recordset(NULL::cases_case, %(root)s::jsonb) AS sent
        WHERE cases_case.id = sent.id
    ), children AS (
        INSERT INTO cases_case
        SELECT * FROM jsonb_populate_recordset(NULL::cases_case, %(children)s::jsonb)
    ), tasks AS (
        INSERT INTO cases_task
        SELECT * FROM jsonb_populate_recordset(NULL::cases_task, %(tasks)s::jsonb)
    )
    INSERT INTO cases_clock
    SELECT * FROM jsonb_populate_recordset(NULL::cases_clock, %(clocks)s::jsonb)
"""

SNAPSHOT = """
    -- Everything that is known in a root case now: who takes part, facts, given documents.
    SELECT
        (SELECT jsonb_agg(jsonb_build_array(role, index, person_id, exists, tied) ORDER BY id)
         FROM cases_partyrow WHERE root_id = %(root)s)::text,
        (SELECT jsonb_agg(jsonb_build_array(
            role, index, element, for_item, value, source, source_id, as_of, provisional,
            contested, claimed) ORDER BY id)
         FROM cases_fact WHERE root_id = %(root)s AND current)::text,
        (SELECT jsonb_agg(jsonb_build_array(material, role, index, document) ORDER BY id)
         FROM cases_supplied
         WHERE root_id = %(root)s AND current AND document IS NOT NULL)::text
"""

SENT_BEFORE = """
    -- The number of another matter of the same kind that was sent for one of these people.
    SELECT root.number
    FROM cases_partyrow AS party JOIN cases_case AS root ON root.id = party.root_id
    WHERE party.person_id = ANY(%(people)s) AND party.role = ANY(%(roles)s)
        AND root.what = %(what)s AND root.id <> %(root)s
        AND root.state IN ('under-way', 'closed') AND root.outcome <> 'withdrawn'
    LIMIT 1
"""

SUPERSEDE = """
    -- Values that become known; what stood in their place is marked before they are written.
    WITH fresh AS (
        SELECT * FROM jsonb_populate_recordset(NULL::cases_fact, %(facts)s::jsonb)
    ), old AS (
        UPDATE cases_fact AS fact SET current = false, superseded_by = fresh.id
        FROM fresh
        WHERE fact.root_id = fresh.root_id AND fact.role = fresh.role
            AND fact.index = fresh.index AND fact.element = fresh.element
            AND fact.for_item = fresh.for_item AND fact.current
        RETURNING fact.id
    )
    INSERT INTO cases_fact SELECT fresh.* FROM fresh WHERE (SELECT count(*) FROM old) >= 0
"""
