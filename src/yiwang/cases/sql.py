"""The statements of this room that are written by hand, each under a sentence."""

from yiwang.ledger.statement import ids_of

BEGIN = f"""
    -- A case that begins: a root as it was sent, an item that waited.
    UPDATE cases_case SET
        state = sent.state, key = sent.key, submitted_at = sent.submitted_at,
        instant = sent.instant, waits_for = sent.waits_for
    FROM jsonb_populate_recordset(NULL::cases_case, %(begun)s::jsonb) AS sent
    WHERE cases_case.id = {ids_of("begun")} AND cases_case.id = sent.id
    RETURNING 1
"""

SNAPSHOT = """
    -- Everything that is known in a root case now: who takes part, facts, given documents.
    SELECT json_build_array(
        (SELECT json_agg(json_build_array(
            role, index, person_id, exists, tied, organisation_id) ORDER BY id)
         FROM cases_partyrow WHERE root_id = %(root)s),
        (SELECT json_agg(json_build_array(
            role, index, element, for_item, value, source, source_id, as_of, provisional,
            contested, claimed) ORDER BY id)
         FROM cases_fact WHERE root_id = %(root)s AND current),
        (SELECT json_agg(json_build_array(material, role, index, document) ORDER BY id)
         FROM cases_supplied
         WHERE root_id = %(root)s AND current AND document IS NOT NULL))
"""

PEOPLE = """
    -- Who takes part in a root case.
    SELECT coalesce(person_id, organisation_id) FROM cases_partyrow WHERE root_id = %(root)s
"""

SENT_BEFORE = """
    -- The number of another matter of the same kind that was sent for one of the same people in
    -- these roles.
    SELECT to_json(min(other.number))
    FROM cases_partyrow AS mine
    JOIN cases_partyrow AS party ON party.person_id = mine.person_id
    JOIN cases_case AS other ON other.id = party.root_id
    WHERE mine.root_id = %(root)s AND mine.role = ANY(%(wards)s) AND party.role = ANY(%(wards)s)
        AND other.what = %(what)s AND other.id <> %(root)s
        AND other.state IN ('under-way', 'closed') AND other.outcome <> 'withdrawn'
"""

SUPERSEDE = """
    -- Values that become known; what stood in their place is marked before they are written.
    WITH fresh AS (
        SELECT * FROM jsonb_populate_recordset(NULL::cases_fact, %(facts)s::jsonb)
    ), old AS (
        UPDATE cases_fact AS fact SET current = false, superseded_by = fresh.id
        FROM fresh
        WHERE fact.root_id = ANY(ARRAY(SELECT root_id FROM fresh))
            AND fact.root_id = fresh.root_id AND fact.role = fresh.role
            AND fact.index = fresh.index AND fact.element = fresh.element
            AND fact.for_item = fresh.for_item AND fact.current
        RETURNING fact.id
    )
    INSERT INTO cases_fact SELECT fresh.* FROM fresh WHERE (SELECT count(*) FROM old) >= 0
"""
