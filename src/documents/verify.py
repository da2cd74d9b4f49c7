#!/usr/bin/env python3
"""Verifies a Jishi evidence bundle: python3 verify.py BUNDLE.zip [HEAD-HASH]

Needs Python 3.6 or newer and nothing else. Exit 0 and the head of the record if every byte is as it was exported, otherwise
exit 1 and what is wrong. HEAD-HASH is the anchor that was posted into the incident's room when a report was filed (16 digits or more).
Time-stamps (RFC 3161): that each is of its entry of the record, that its content was signed, and the signature itself where it is RSA.
Whether the authority is to be trusted is for its certificates: openssl ts -verify (VERIFY.md).
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

def der(data):  # the elements of one level, as (tag, content, whole)
    at, found = 0, []
    while at < len(data):
        length, start = data[at + 1], at + 2
        if length > 127: start, length = start + length - 128, int.from_bytes(data[at + 2:at + 2 + length - 128], 'big')
        if start + length > len(data): raise ValueError('a time-stamp is cut off')
        found.append((data[at], data[start:start + length], data[at:start + length]))
        at = start + length
    return found

def rsa_key(certificate):  # modulus and exponent; None for other keys
    fields = [content for tag, content, _ in der(der(certificate)[0][1]) if tag != 0xa0]
    algorithm, key = der(fields[5])
    if der(algorithm[1])[0][1].hex() != '2a864886f70d010101': return None
    return [int.from_bytes(content, 'big') for _, content, _ in der(der(key[1][1:])[0][1])]

def check_stamp(response, digest):
    """Time and whether the signature was checked; raises if the time-stamp is not of this hash or was changed."""
    status, token = der(der(response)[0][1])
    if der(status[1])[0][1] not in (b'\0', b'\1'): raise ValueError('a time-stamp was not granted')
    signed = der(der(der(token[1])[1][1])[0][1])
    info = der(der(signed[2][1])[1][1])[0][1]
    content = der(der(info)[0][1])
    if der(content[2][1])[1][1].hex() != digest: raise ValueError('a time-stamp is of something else')
    _, _, algorithm, attributes, scheme, signature = der(der(signed[-1][1])[0][1])[:6]
    name = {'2b0e03021a': 'sha1', '608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512'}
    hashed = lambda what: hashlib.new(name[der(algorithm[1])[0][1].hex()], what).digest()
    said = {der(one)[0][1].hex(): der(der(one)[1][1])[0][1] for _, one, _ in der(attributes[1])}
    if said['2a864886f70d010904'] != hashed(info): raise ValueError('the content of a time-stamp was changed')
    time = content[4][1].decode()
    if der(scheme[1])[0][1].hex() not in ('2a864886f70d010101', '2a864886f70d010105', '2a864886f70d01010b', '2a864886f70d01010c', '2a864886f70d01010d'): return time, False
    for _, certificate, _ in der(dict((tag, body) for tag, body, _ in signed).get(0xa0, b'')):
        key = rsa_key(certificate)
        if key and pow(int.from_bytes(signature[1], 'big'), key[1], key[0]).to_bytes((key[0].bit_length() + 7) // 8, 'big').endswith(b'\4' + bytes([len(hashed(b''))]) + hashed(b'\x31' + attributes[2][1:])): return time, True
    raise ValueError('the signature of a time-stamp is wrong')

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
    records, shown = manifest['records'] if 'records' in manifest else [{**manifest, 'path': 'record.jsonl'}], set()
    for one in records:
        rows = [json.loads(line) for line in found[one['path']].decode().split('\n') if line]
        hashes = check_record(rows, one['incident'])
        if (len(hashes), hashes[-1]) != (one['head']['version'], one['head']['hash']): raise ValueError('the record was cut')
        shown |= {(one['incident'], row['version'], row['hash']) for row in rows if row['bytes'] is not None}
    for to in manifest.get('pointers', []):  # of an inspection pack: every entry it points to is here, with its content
        if (to['incident'], to['version'], to['hash']) not in shown: raise ValueError(f"entry {to['version']} of {to['incident']} is not here")
    for one in manifest.get('timestamps') or []:
        if one['hash'] != hashes[one['entry'] - 1]: raise ValueError(f"the time-stamp of entry {one['entry']} is of another record")
        one['time'], one['checked'] = check_stamp(found[one['path']], one['hash'])
    if anchor and not (len(anchor) >= 16 and any(h.startswith(anchor) for h in hashes)): raise ValueError('the record does not contain the anchor ' + anchor)
    return manifest, hashes

if __name__ == '__main__':
    try:
        with open(sys.argv[1], 'rb') as file: manifest, hashes = check(file.read(), *sys.argv[2:3])
    except Exception as problem: sys.exit(f'BROKEN: {problem}')
    if 'records' in manifest: sys.exit(print(f"ok: inspection pack, {len(manifest['files'])} files, {len(manifest['records'])} records, {len(manifest['pointers'])} entries pointed to"))
    print(f"ok: {manifest['incident']}, {len(manifest['files'])} files, {len(hashes)} events, head {hashes[-1]}")
    for one in manifest['timestamps'] or []: print(f"time-stamp of entry {one['entry']}: {one['time']} by {one['authority']}, signature {'checked' if one['checked'] else 'not checked here'}; for trust: openssl ts -verify -digest {one['hash']} -in {one['path']} -CAfile CA.pem")
    if not manifest['timestamps']: print('no time-stamps of an authority: every time is that of the host')
