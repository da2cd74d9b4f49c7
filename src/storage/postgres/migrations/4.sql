-- Every message belongs to the incident it is about, or to none; one in a thread to that of its root.
ALTER TABLE room_messages ADD COLUMN incident TEXT;
UPDATE room_messages SET incident = nullif(trim('"' from (body::json -> 'incident')::text), '') WHERE body LIKE '{%';
UPDATE room_messages message SET incident = root.incident FROM room_messages root
  WHERE message.incident IS NULL AND root.thread IS NULL AND message.thread = root.id::text;
CREATE INDEX room_messages_incident ON room_messages (incident) WHERE incident IS NOT NULL;
