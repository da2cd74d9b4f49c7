-- Every message belongs to the incident it is about, or to none; one in a thread to that of its root.
ALTER TABLE room_messages ADD COLUMN incident TEXT;
UPDATE room_messages SET incident = nullif(json_extract(body, '$.incident'), '') WHERE json_valid(body);
UPDATE room_messages SET incident = (SELECT root.incident FROM room_messages root WHERE root.id = CAST(room_messages.thread AS INTEGER))
  WHERE incident IS NULL AND thread IS NOT NULL;
CREATE INDEX room_messages_incident ON room_messages (incident) WHERE incident IS NOT NULL;
