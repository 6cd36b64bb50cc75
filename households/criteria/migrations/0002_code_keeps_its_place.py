from django.db import migrations

# A code belongs to the place it was first published for (or shipped for): else a province could publish a next version of
# another's standard, or the nation's, and so withdraw it. A table of points in force may end earlier than it was to end.
PLACE = """
CREATE FUNCTION criteria_keeps_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'in_force' AND OLD.state <> 'in_force' AND EXISTS (
        SELECT 1 FROM criteria_legalstandard other
         WHERE other.code = NEW.code AND other.id <> NEW.id AND other.scope <> NEW.scope
           AND (other.approved_at IS NOT NULL OR other.origin = 'shipped')
    ) THEN
        RAISE EXCEPTION 'standard_keeps_its_place: % is the code of another place', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'standard_keeps_its_place';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER keeps_its_place BEFORE UPDATE ON criteria_legalstandard
    FOR EACH ROW EXECUTE FUNCTION criteria_keeps_its_place();
"""
UNDO = """
DROP TRIGGER keeps_its_place ON criteria_legalstandard;
DROP FUNCTION criteria_keeps_its_place();
"""
ENDS_EARLIER = """
CREATE OR REPLACE FUNCTION criteria_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'approved_by_id', 'approved_at', 'withdrawn_by_id', 'withdrawn_at', 'withdrawal'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'standard_begins_as_draft: % cannot begin as %', NEW.code, NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'standard_begins_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'criteria_b1tablerow' AND OLD.state = 'in_force' AND NEW.state = 'in_force' THEN
        IF to_jsonb(NEW) - 'validity' = to_jsonb(OLD) - 'validity' AND lower(NEW.validity) = lower(OLD.validity)
           AND (upper_inf(OLD.validity) OR upper(NEW.validity) < upper(OLD.validity)) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving
       OR (OLD.state, NEW.state) NOT IN (('draft', 'in_force'), ('draft', 'withdrawn'), ('in_force', 'withdrawn'))
       OR (OLD.state = 'in_force' AND (OLD.approved_by_id, OLD.approved_at)
           IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_at)) THEN
        RAISE EXCEPTION 'standard_stays_as_entered: % version % (%)', OLD.code, OLD.version, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'standard_stays_as_entered';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_standards")]

    operations = [
        migrations.RunSQL(PLACE, UNDO),
        migrations.RunSQL(ENDS_EARLIER, migrations.RunSQL.noop),
    ]
