#!/usr/bin/env python3
"""Verifies a Jishi evidence bundle: python3 verify.py BUNDLE.zip [HEAD-HASH]

Needs Python 3.6 or newer and nothing else. Exit 0 and the head of the record if every byte is as it was exported, otherwise
exit 1 and what is wrong. HEAD-HASH is the anchor that was posted into the incident's room when a report was filed (16 digits or more).
"""
import hashlib, io, json, sys, zipfile

def sha256(data): return hashlib.sha256(data).hexdigest()

class Stream:  # what zipfile needs to write as a stream, the way the bundle was written
    def __init__(self): self.data = bytearray()
    def write(self, data): self.data += data; return len(data)
    def flush(self): pass

def rebuilt(files):
    out = Stream()
    with zipfile.ZipFile(out, 'w') as made:
        for name, data in files:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o644 << 16
            made.writestr(info, data)
    return bytes(out.data)

def check_record(rows, incident):
    prev, hashes = '0' * 64, []
    for number, row in enumerate(rows, 1):
        if (row['version'], row['prev'], row['incident']) != (number, prev, incident): raise ValueError(f'event {number} is out of place')
        if (row['bytes'] is None) != (row['salt'] is None): raise ValueError(f'event {number} is half erased')
        if row['bytes'] is not None and sha256((row['salt'] + row['bytes']).encode()) != row['payloadHash']:
            raise ValueError(f'the content of event {number} was changed')
        sealed = {key: row[key] for key in ('prev', 'incident', 'version', 'type', 'v', 'at', 'actor', 'command')}
        text = json.dumps({**sealed, 'payload_hash': row['payloadHash']}, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
        prev = sha256(text.encode())
        if prev != row['hash']: raise ValueError(f'event {number} was changed')
        hashes.append(prev)
    return hashes

def check(data, anchor=None):
    """The manifest and the hashes of the record; raises if anything is not as it was exported."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        files = [(name, bundle.read(name)) for name in bundle.namelist()]
    if rebuilt(files) != data: raise ValueError('the zip itself was changed')
    found = dict(files)
    if found['manifest.sha256'].decode() != sha256(found['manifest.json']) + '  manifest.json\n': raise ValueError('manifest.json was changed')
    manifest = json.loads(found['manifest.json'].decode())
    if [one['path'] for one in manifest['files']] + ['manifest.json', 'manifest.sha256'] != [name for name, _ in files]:
        raise ValueError('files were added, removed or moved')
    for one in manifest['files']:
        if sha256(found[one['path']]) != one['sha256']: raise ValueError(one['path'] + ' was changed')
    hashes = check_record([json.loads(line) for line in found['record.jsonl'].decode().split('\n') if line], manifest['incident'])
    if (len(hashes), hashes[-1]) != (manifest['head']['version'], manifest['head']['hash']): raise ValueError('the record was cut')
    if anchor and not (len(anchor) >= 16 and any(h.startswith(anchor) for h in hashes)): raise ValueError('the record does not contain the anchor ' + anchor)
    return manifest, hashes

if __name__ == '__main__':
    try:
        with open(sys.argv[1], 'rb') as file: manifest, hashes = check(file.read(), *sys.argv[2:3])
    except Exception as problem: sys.exit(f'BROKEN: {problem}')
    print(f"ok: {manifest['incident']}, {len(manifest['files'])} files, {len(hashes)} events, head {hashes[-1]}")
